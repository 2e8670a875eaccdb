import { Controller } from "@hotwired/stimulus"

const ROW = "[data-conversation]"

/** Ticks rows: by their boxes, with Shift a range of them, with `x` the row one stands at. */
export default class TicksController extends Controller<HTMLElement> {
  static targets = ["tick", "bar", "chosen", "all", "number", "match"]

  declare readonly tickTargets: HTMLInputElement[]
  declare readonly barTarget: HTMLFormElement
  declare readonly chosenTarget: HTMLInputElement
  declare readonly allTarget: HTMLInputElement
  declare readonly numberTarget: HTMLElement
  declare readonly matchTarget: HTMLElement
  declare readonly hasBarTarget: boolean
  declare readonly hasMatchTarget: boolean

  #ticked = new Set<string>()
  #last?: HTMLInputElement

  connect() {
    document.addEventListener("keys:pressed", this.#pressed)
  }

  disconnect() {
    document.removeEventListener("keys:pressed", this.#pressed)
  }

  // A row that came anew, or again, is ticked if its conversation is.
  tickTargetConnected(tick: HTMLInputElement) {
    tick.checked = this.#ticked.has(tick.value)
  }

  // The bar too may come again, when the list is shown in a new order.
  barTargetConnected() {
    this.#show()
  }

  tick(event: MouseEvent) {
    const tick = event.currentTarget as HTMLInputElement
    if (event.shiftKey && this.#last) this.#range(this.#last, tick)
    else this.#set(tick, tick.checked)
    this.#last = tick
    this.#show()
  }

  page() {
    for (const tick of this.tickTargets) this.#set(tick, true)
    this.#show()
  }

  match() {
    this.page()
    this.allTarget.value = this.allTarget.value ? "" : "yes"
    this.matchTarget.setAttribute("aria-pressed", String(Boolean(this.allTarget.value)))
  }

  clear() {
    this.#ticked.clear()
    for (const tick of this.tickTargets) tick.checked = false
    this.#show()
  }

  #pressed = (event: Event) => {
    const { key } = (event as CustomEvent<{ key: string }>).detail
    if (key === "x") this.#toggle()
    else if (key === "Escape" && this.#ticked.size) this.clear()
    else return
    event.preventDefault()
  }

  #toggle() {
    const row =
      document.activeElement?.closest(ROW) ??
      this.element.querySelector(`${ROW}:has([aria-current])`)
    const tick = this.tickTargets.find((each) => row?.contains(each))
    if (!tick) return
    this.#set(tick, !tick.checked)
    this.#last = tick
    this.#show()
  }

  #range(from: HTMLInputElement, to: HTMLInputElement) {
    const places = [this.tickTargets.indexOf(from), this.tickTargets.indexOf(to)]
    const [first, last] = places.sort((a, b) => a - b) as [number, number]
    for (const tick of this.tickTargets.slice(first, last + 1)) this.#set(tick, to.checked)
  }

  #set(tick: HTMLInputElement, isTicked: boolean) {
    tick.checked = isTicked
    if (isTicked) this.#ticked.add(tick.value)
    else this.#ticked.delete(tick.value)
  }

  #show() {
    if (!this.hasBarTarget) return
    this.chosenTarget.value = [...this.#ticked].join()
    this.allTarget.value = ""
    this.numberTarget.textContent = String(this.#ticked.size)
    this.barTarget.hidden = this.#ticked.size === 0
    this.element.toggleAttribute("data-ticking", this.#ticked.size > 0)
    if (!this.hasMatchTarget) return
    this.matchTarget.setAttribute("aria-pressed", "false")
    if (this.#ticked.size) this.matchTarget.dispatchEvent(new CustomEvent("ticked"))
  }
}
