import { Controller } from "@hotwired/stimulus"

/** Goes away by itself after ten seconds, but not while someone is about to use it. */
export default class ToastController extends Controller<HTMLElement> {
  static values = { seconds: { type: Number, default: 10 } }

  declare readonly secondsValue: number

  #timer?: number

  connect() {
    for (const event of ["pointerenter", "focusin"])
      this.element.addEventListener(event, this.#stay)
    for (const event of ["pointerleave", "focusout"]) this.element.addEventListener(event, this.#go)
    this.#go()
  }

  disconnect() {
    this.#stay()
  }

  close() {
    this.element.remove()
  }

  #stay = () => clearTimeout(this.#timer)

  #go = () => {
    this.#stay()
    this.#timer = window.setTimeout(() => this.close(), this.secondsValue * 1000)
  }
}
