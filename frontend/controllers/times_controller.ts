import { Controller } from "@hotwired/stimulus"

import { ago, type Words } from "../things/ago"

const MINUTE = 60_000

/** Keeps "3m" true while the page stays open. The server wrote it first, in the same words. */
export default class TimesController extends Controller<HTMLElement> {
  static values = { words: Object }

  declare readonly wordsValue: Words

  #timer?: number

  connect() {
    this.#timer = window.setInterval(() => this.#freshen(), MINUTE / 2)
    document.addEventListener("visibilitychange", this.#seen)
  }

  disconnect() {
    clearInterval(this.#timer)
    document.removeEventListener("visibilitychange", this.#seen)
  }

  #seen = () => {
    if (!document.hidden) this.#freshen()
  }

  #freshen() {
    for (const time of this.element.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
      const words = ago(new Date(time.dateTime), new Date(), this.wordsValue)
      if (words && words !== time.textContent) time.textContent = words
    }
  }
}
