import { Controller } from "@hotwired/stimulus"

import { isAddress, split } from "../things/addresses"

/** Shows the addresses of a field as chips. The field itself stays what is sent. */
export default class AddressesController extends Controller<HTMLElement> {
  static targets = ["value"]

  declare readonly valueTarget: HTMLInputElement

  #entry?: HTMLInputElement

  connect() {
    const entry = this.valueTarget.cloneNode() as HTMLInputElement
    entry.removeAttribute("name")
    entry.removeAttribute("data-addresses-target")
    entry.id = `${this.valueTarget.id}-entry`
    this.valueTarget.type = "hidden"
    this.#label(this.valueTarget.id, entry.id)
    this.element.append(entry)
    this.#entry = entry
    entry.addEventListener("keydown", this.#pressed)
    entry.addEventListener("blur", this.#finish)
    this.#read(entry.value)
  }

  disconnect() {
    for (const chip of this.#chips) chip.remove()
    if (this.#entry) this.#label(this.#entry.id, this.valueTarget.id)
    this.#entry?.remove()
    this.valueTarget.type = "text"
  }

  #label(from: string, to: string) {
    const label = document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(from)}"]`)
    if (label) label.htmlFor = to
  }

  #pressed = (event: KeyboardEvent) => {
    const entry = event.target as HTMLInputElement
    const isEnd = [",", ";", "Enter"].includes(event.key) && !event.ctrlKey && !event.metaKey
    if (isEnd && (entry.value.trim() || event.key !== "Enter")) {
      event.preventDefault()
      this.#finish()
    } else if (event.key === "Backspace" && !entry.value) {
      this.#chips.at(-1)?.remove()
      this.#write()
    }
  }

  #finish = () => this.#read(this.#entry?.value ?? "")

  #read(typed: string) {
    for (const address of split(typed)) this.#entry?.before(this.#chip(address))
    if (this.#entry) this.#entry.value = ""
    this.#write()
  }

  #chip(address: string): HTMLElement {
    const chip = document.createElement("span")
    chip.className = "chip"
    chip.dataset.address = address
    chip.toggleAttribute("data-wrong", !isAddress(address))
    const remove = document.createElement("button")
    remove.type = "button"
    remove.textContent = "×"
    remove.ariaLabel = `× ${address}`
    remove.addEventListener("click", () => {
      chip.remove()
      this.#write()
      this.#entry?.focus()
    })
    chip.append(address, remove)
    return chip
  }

  #write() {
    const all = this.#chips.map((chip) => chip.dataset.address).join(", ")
    if (all === this.valueTarget.value) return
    this.valueTarget.value = all
    this.valueTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }

  get #chips() {
    return [...this.element.querySelectorAll<HTMLElement>("[data-address]")]
  }
}
