import { Controller } from "@hotwired/stimulus"

import { calling } from "../things/calling"
import { step } from "../things/step"

/** Offers colleagues after an @, and writes the chosen name out. */
export default class MentionController extends Controller<HTMLElement> {
  static targets = ["text", "list"]
  static values = { url: String }

  declare readonly textTarget: HTMLTextAreaElement
  declare readonly listTarget: HTMLElement
  declare readonly urlValue: string

  #isLoaded = false

  connect() {
    this.listTarget.addEventListener("pointerdown", this.#picked)
  }

  disconnect() {
    this.listTarget.removeEventListener("pointerdown", this.#picked)
  }

  async look() {
    const call = calling(this.textTarget.value, this.textTarget.selectionStart)
    if (call === undefined) return this.#close()
    await this.#load()
    for (const item of this.#items) {
      item.hidden = !item.dataset.name?.toLocaleLowerCase().includes(call.toLocaleLowerCase())
      item.removeAttribute("aria-selected")
    }
    this.#shown[0]?.setAttribute("aria-selected", "true")
    this.listTarget.hidden = this.#shown.length === 0
  }

  keys(event: KeyboardEvent) {
    if (this.listTarget.hidden) return
    if (event.key === "Escape") this.#close()
    else if (event.key === "ArrowDown") this.#move(1)
    else if (event.key === "ArrowUp") this.#move(-1)
    else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab")
      this.#write(this.#chosen)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #picked = (event: PointerEvent) => {
    event.preventDefault()
    const item = (event.target as Element).closest<HTMLElement>("[data-name]")
    if (item) this.#write(item)
  }

  #write(item: HTMLElement | undefined) {
    const { value, selectionStart } = this.textTarget
    const call = calling(value, selectionStart)
    if (!item || call === undefined) return
    const from = selectionStart - call.length
    this.textTarget.setRangeText(`${item.dataset.name} `, from, selectionStart, "end")
    this.#close()
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async #load() {
    if (this.#isLoaded) return
    this.#isLoaded = true
    const response = await fetch(this.urlValue, { credentials: "same-origin" })
    if (response.ok) this.listTarget.innerHTML = await response.text()
  }

  #move(by: 1 | -1) {
    const next = step(this.#shown, this.#chosen ?? null, by)
    this.#chosen?.removeAttribute("aria-selected")
    next?.setAttribute("aria-selected", "true")
    next?.scrollIntoView({ block: "nearest" })
  }

  #close() {
    this.listTarget.hidden = true
  }

  get #items() {
    return [...this.listTarget.querySelectorAll<HTMLElement>("[data-name]")]
  }

  get #shown() {
    return this.#items.filter((item) => !item.hidden)
  }

  get #chosen() {
    return this.#shown.find((item) => item.hasAttribute("aria-selected"))
  }
}
