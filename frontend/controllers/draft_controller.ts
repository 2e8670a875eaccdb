import { Controller } from "@hotwired/stimulus"

import { send } from "../things/send"

const AFTER_MS = 800

/** Keeps what an agent types on the server: through a reload, a crash, and on another machine. */
export default class DraftController extends Controller<HTMLFormElement> {
  static targets = ["text", "state"]
  static values = { url: String }

  declare readonly textTarget: HTMLTextAreaElement
  declare readonly stateTarget: HTMLElement
  declare readonly urlValue: string

  #timer?: number
  #isKept = true

  connect() {
    window.addEventListener("pagehide", this.#leaving)
  }

  disconnect() {
    window.removeEventListener("pagehide", this.#leaving)
    this.#leaving()
  }

  changed() {
    this.#isKept = false
    this.stateTarget.textContent = ""
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#keep(), AFTER_MS)
  }

  /** It is being sent: the server has it with the message. */
  stop() {
    clearTimeout(this.#timer)
    this.#isKept = true
  }

  async #keep() {
    const typed = this.textTarget.value
    const response = await send(this.urlValue, this.#data).catch(() => undefined)
    if (!response?.ok || typed !== this.textTarget.value) return
    this.#isKept = true
    this.stateTarget.textContent = typed ? (this.stateTarget.dataset.saved ?? "") : ""
  }

  #leaving = () => {
    clearTimeout(this.#timer)
    if (!this.#isKept) navigator.sendBeacon(this.urlValue, this.#data)
    this.#isKept = true
  }

  get #data(): FormData {
    const data = new FormData(this.element)
    data.delete("files")
    return data
  }
}
