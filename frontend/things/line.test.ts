import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

import { type Frame, Line } from "./line"
import { Patience } from "./patience"

class Socket {
  static OPEN = 1
  static made: Socket[] = []
  static get last() {
    return Socket.made[Socket.made.length - 1] as Socket
  }

  readyState = 1
  said: object[] = []
  onopen?: () => void
  onmessage?: (message: { data: string }) => void
  onclose?: ((closed: { code: number }) => void) | null

  constructor(readonly url: string) {
    Socket.made.push(this)
  }

  send(text: string) {
    this.said.push(JSON.parse(text))
  }

  close() {}

  hears(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

let heard: Frame[]
let states: string[]
let line: Line

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("WebSocket", Socket)
  Socket.made = []
  heard = []
  states = []
  line = new Line(
    "http://desk.example/live/w/demo",
    41,
    (frame) => heard.push(frame),
    (state) => states.push(state),
  )
  line.open()
})

afterEach(() => {
  line.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe("a line", () => {
  it("says first what it knows and what the page shows", () => {
    line.watch([7])
    Socket.last.said = []
    Socket.last.onopen?.()

    expect(Socket.last.url).toBe("ws://desk.example/live/w/demo")
    expect(Socket.last.said).toEqual([{ since: 41, watching: [7] }])
  })

  it("passes on what it hears and is up when nothing is missing", () => {
    Socket.last.hears({ number: 42, kind: "replied", conversation: 7 })
    Socket.last.hears({ up: true, number: 42 })

    expect(heard.map((frame) => frame.number)).toEqual([42, 42])
    expect(states).toEqual(["up"])
  })

  it("calls again with the newest event it was told", () => {
    Socket.last.hears({ up: true, number: 42 })
    Socket.last.onclose?.({ code: 1006 })
    vi.advanceTimersByTime(1_000)
    Socket.last.onopen?.()

    expect(Socket.made.length).toBe(2)
    expect(Socket.last.said).toEqual([{ since: 42, watching: [] }])
    expect(states).toEqual(["up", "connecting"])
  })

  it("says again which conversation is open", () => {
    line.view(7)
    Socket.last.said = []
    Socket.last.onopen?.()

    expect(Socket.last.said[1]).toEqual({ view: 7 })
  })

  it("ends when it is no longer let in", () => {
    Socket.last.onclose?.({ code: 4404 })
    vi.advanceTimersByTime(60_000)

    expect(states).toEqual(["ended"])
    expect(Socket.made.length).toBe(1)
  })

  it("asks by requests that wait where sockets are blocked", async () => {
    const answer = { ok: true, status: 200, json: async () => [{ up: true, number: 43 }] }
    const waits = new Promise(() => {})
    const fetched = vi.fn().mockResolvedValueOnce(answer).mockReturnValue(waits)
    vi.stubGlobal("fetch", fetched)

    for (let times = 0; times < 2; times += 1) {
      Socket.last.onclose?.({ code: 1006 })
      await vi.advanceTimersByTimeAsync(3_000)
    }

    expect(fetched.mock.calls[0]?.[0]).toBe("http://desk.example/live/w/demo/since?watching=&n=41")
    expect(fetched.mock.calls[1]?.[0]).toContain("n=43")
    expect(states).toEqual(["lost", "polling"])
  })

  it("calls anew when it becomes visible after a minute", () => {
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true)
    document.dispatchEvent(new Event("visibilitychange"))
    vi.advanceTimersByTime(61_000)
    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event("visibilitychange"))

    expect(Socket.made.length).toBe(2)
  })
})

describe("patience", () => {
  it("waits longer each time, up to half a minute", () => {
    const patience = new Patience(() => 1)

    const waits = Array.from({ length: 8 }, () => patience.next())

    expect(waits.slice(0, 3)).toEqual([500, 1_000, 2_000])
    expect(waits[7]).toBe(30_000)
  })

  it("never has all browsers call at once", () => {
    expect(new Patience(() => 0).next()).toBe(250)
  })
})
