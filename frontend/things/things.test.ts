import { describe, expect, it } from "vitest"

import { ago } from "./ago"
import { isTyping, singleKey } from "./keymap"
import { step } from "./step"

const WORDS = { now: "now", minutes: "%(minutes)sm", hours: "%(hours)sh", days: "%(days)sd" }
const NOW = new Date("2026-03-01T12:00:00Z")
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

describe("ago", () => {
  it.each([
    [5, "now"],
    [300, "5m"],
    [7_200, "2h"],
    [180_000, "2d"],
    [900_000, undefined],
    [-600, undefined],
  ])("says %d seconds as %s", (seconds, words) => {
    expect(ago(before(seconds), NOW, WORDS)).toBe(words)
  })
})

describe("singleKey", () => {
  const pressed = {
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    repeat: false,
  }

  it("is the key outside of fields", () => {
    expect(singleKey({ ...pressed, key: "r" }, document.body)).toBe("r")
  })

  it("is nothing with Ctrl, which belongs to the browser", () => {
    expect(singleKey({ ...pressed, key: "r", ctrlKey: true }, document.body)).toBeUndefined()
  })

  it("is nothing while someone writes", () => {
    document.body.innerHTML = "<textarea></textarea><input type=checkbox>"
    expect(isTyping(document.querySelector("textarea"))).toBe(true)
    expect(isTyping(document.querySelector("input"))).toBe(false)
  })
})

describe("step", () => {
  it("goes round the ends, and begins where it is told to", () => {
    document.body.innerHTML = "<a></a><b></b><i></i>"
    const all = [...document.body.children]
    expect(step(all, all[2] ?? null, 1)).toBe(all[0])
    expect(step(all, all[0] ?? null, -1)).toBe(all[2])
    expect(step(all, null, -1)).toBe(all[2])
  })
})
