import { Controller } from "@hotwired/stimulus"

import { step } from "../things/step"

const OPEN_AFTER_MS = 120

/** Moves through the rows with j and k; where a conversation is open beside them, opens the next. */
export default class ListController extends Controller<HTMLElement> {
  static targets = ["row"]

  declare readonly rowTargets: HTMLAnchorElement[]

  #opening?: number

  connect() {
    document.addEventListener("keys:pressed", this.#pressed)
    document.addEventListener("htmx:before:request", this.#requested)
    this.#markRead()
  }

  disconnect() {
    document.removeEventListener("keys:pressed", this.#pressed)
    document.removeEventListener("htmx:before:request", this.#requested)
    clearTimeout(this.#opening)
  }

  #pressed = (event: Event) => {
    const { key } = (event as CustomEvent<{ key: string }>).detail
    if (!this.element.checkVisibility() && key === "u") return
    if (key === "j" || key === "k") this.#move(key === "j" ? 1 : -1)
    else if (key === "o") (this.#current as HTMLElement | null)?.click()
    else if (key === "u") (this.#current as HTMLElement | null)?.focus()
    else return
    event.preventDefault()
  }

  #move(by: 1 | -1) {
    const row = step(this.rowTargets, this.#current, by)
    if (!row) return
    row.focus()
    row.scrollIntoView({ block: "nearest" })
    const isOpen = document.querySelector("#conversation:not([data-empty])")
    clearTimeout(this.#opening)
    if (isOpen && row.checkVisibility()) {
      this.#opening = window.setTimeout(() => row.click(), OPEN_AFTER_MS)
    }
  }

  // The row is lit when it is asked for, not when its conversation has come.
  #requested = ({ target }: Event) => {
    const row = (target as Element | null)?.closest?.<HTMLAnchorElement>("[data-list-target=row]")
    if (!row) return
    for (const each of this.rowTargets) each.removeAttribute("aria-current")
    row.setAttribute("aria-current", "true")
  }

  // The list came after the conversation that stands open beside it.
  #markRead() {
    const open = document.querySelector<HTMLElement>("#conversation[data-number]")
    if (open) document.getElementById(`row-${open.dataset.number}`)?.removeAttribute("data-unread")
  }

  get #current(): Element | null {
    const focused = document.activeElement
    if (this.rowTargets.some((row) => row === focused)) return focused
    return this.rowTargets.find((row) => row.hasAttribute("aria-current")) ?? null
  }
}
