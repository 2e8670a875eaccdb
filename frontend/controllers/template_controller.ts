import { Controller } from "@hotwired/stimulus"

import { send } from "../things/send"
import { afterSlash } from "../things/slash"
import { step } from "../things/step"

/** Offers reply templates after a slash, shows what each would say, and writes the chosen one. */
export default class TemplateController extends Controller<HTMLFormElement> {
  static targets = ["text", "box", "list", "preview"]
  static values = { url: String }

  declare readonly textTarget: HTMLTextAreaElement
  declare readonly boxTarget: HTMLElement
  declare readonly listTarget: HTMLElement
  declare readonly previewTarget: HTMLElement
  declare readonly urlValue: string

  #isLoaded = false

  connect() {
    this.listTarget.addEventListener("pointerdown", this.#picked)
  }

  disconnect() {
    this.listTarget.removeEventListener("pointerdown", this.#picked)
  }

  async look() {
    if (this.#call === undefined) return this.#close()
    await this.#load()
    const call = this.#call?.toLocaleLowerCase()
    if (call === undefined) return this.#close()
    for (const item of this.#items) {
      item.hidden = !item.dataset.words?.toLocaleLowerCase().includes(call)
    }
    this.#choose(this.#shown[0])
    this.boxTarget.hidden = this.#shown.length === 0
  }

  keys(event: KeyboardEvent) {
    if (this.boxTarget.hidden || event.isComposing) return
    if (event.key === "Escape") this.#close()
    else if (event.key === "ArrowDown") this.#choose(this.#next(1))
    else if (event.key === "ArrowUp") this.#choose(this.#next(-1))
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab")
      this.#write(this.#chosen)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #picked = (event: PointerEvent) => {
    event.preventDefault()
    this.#write((event.target as Element).closest<HTMLElement>("[data-text]") ?? undefined)
  }

  #write(item: HTMLElement | undefined) {
    const call = this.#call
    if (!item || call === undefined) return
    const caret = this.textTarget.selectionStart
    const words = item.dataset.text ?? ""
    this.textTarget.setRangeText(words, caret - call.length - 1, caret, "end")
    this.#close()
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
    if (item.dataset.use) void send(item.dataset.use, this.#token)
  }

  async #load() {
    if (this.#isLoaded) return
    this.#isLoaded = true
    const headers = { "HX-Request": "true" }
    const response = await fetch(this.urlValue, { credentials: "same-origin", headers })
    if (response.ok) this.listTarget.innerHTML = await response.text()
  }

  #choose(item: HTMLElement | undefined) {
    for (const each of this.#items) each.removeAttribute("aria-selected")
    item?.setAttribute("aria-selected", "true")
    item?.scrollIntoView({ block: "nearest" })
    this.previewTarget.textContent = item?.dataset.text ?? ""
  }

  #next(by: 1 | -1) {
    return step(this.#shown, this.#chosen ?? null, by) ?? this.#chosen
  }

  #close() {
    this.boxTarget.hidden = true
  }

  get #token() {
    const data = new FormData()
    const token = new FormData(this.element).get("csrfmiddlewaretoken")
    data.set("csrfmiddlewaretoken", String(token))
    return data
  }

  get #call() {
    return afterSlash(this.textTarget.value, this.textTarget.selectionStart)
  }

  get #items() {
    return [...this.listTarget.querySelectorAll<HTMLElement>("[data-text]")]
  }

  get #shown() {
    return this.#items.filter((item) => !item.hidden)
  }

  get #chosen() {
    return this.#shown.find((item) => item.hasAttribute("aria-selected"))
  }
}
