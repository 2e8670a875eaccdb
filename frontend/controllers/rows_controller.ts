import { Controller } from "@hotwired/stimulus"
import htmx from "htmx"

import type { Frame } from "../things/line"

const TOGETHER_MS = 80

/**
 * Keeps the rows of a list true: what is shown is changed where it stands, and what is new
 * comes in by itself, unless somebody is reading or pointing: then a button offers it.
 */
export default class RowsController extends Controller<HTMLElement> {
  static targets = ["rows", "fresh"]
  static values = { url: String, list: String }

  declare readonly rowsTarget: HTMLElement
  declare readonly freshTarget: HTMLElement
  declare readonly urlValue: string
  declare readonly listValue: string

  #changed = new Set<number>()
  #timer?: number

  disconnect() {
    clearTimeout(this.#timer)
  }

  news({ detail }: CustomEvent<Frame>) {
    if (detail.conversation === undefined) return
    this.#changed.add(detail.conversation)
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#look(), TOGETHER_MS)
  }

  all() {
    if (this.#isInUse) this.freshTarget.hidden = false
    else this.show()
  }

  /** The whole list again, in its new order. */
  show() {
    const context = { target: "#list", swap: "outerMorph", source: this.element }
    htmx.ajax("GET", `${this.listValue}${this.#open}`, context)
  }

  async #look() {
    const pks = [...this.#changed]
    this.#changed.clear()
    const response = await fetch(
      `${this.urlValue}?pks=${pks.join()}${this.#open.replace("?", "&")}`,
      {
        headers: { "HX-Request": "true" },
      },
    )
    if (!response.ok) return
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const isNew = pks.map((pk) => this.#update(pk, this.#row(page, pk)))
    if (isNew.includes(true)) this.all()
  }

  /** True if it is on the list now and was not, or has moved up in it. */
  #update(pk: number, now: HTMLElement | null): boolean {
    const was = this.#row(this.rowsTarget, pk)
    if (!was) return now !== null
    if (!now) {
      was.dataset.gone = ""
      return false
    }
    const hasMoved = was.dataset.activity !== now.dataset.activity && was !== this.#first
    htmx.swap({ target: was, text: now.outerHTML, swap: "outerMorph", sourceElement: was })
    return hasMoved
  }

  #row(where: ParentNode, pk: number): HTMLElement | null {
    return where.querySelector(`[data-conversation="${pk}"]`)
  }

  get #first() {
    return this.rowsTarget.querySelector("[data-conversation]")
  }

  get #isInUse() {
    const isPointedAt = this.rowsTarget.matches(":hover, :focus-within")
    return isPointedAt || this.rowsTarget.scrollTop > 0
  }

  get #open() {
    const open = document.querySelector<HTMLElement>("#conversation[data-number]")
    return open ? `?open=${open.dataset.number}` : ""
  }
}
