import { Controller } from "@hotwired/stimulus"

/** A value that is changed where it stands: Enter and leaving keep it, Esc takes it back. */
export default class InPlaceController extends Controller<HTMLFormElement> {
  static targets = ["value"]

  declare readonly valueTarget: HTMLInputElement | HTMLSelectElement

  #was = ""

  connect() {
    this.#was = this.valueTarget.value
  }

  keys(event: KeyboardEvent) {
    if (event.key === "Enter") {
      event.preventDefault()
      this.valueTarget.blur()
    } else if (event.key === "Escape") {
      event.stopPropagation()
      this.valueTarget.value = this.#was
      this.valueTarget.blur()
    }
  }

  keep() {
    if (this.valueTarget.value === this.#was) return
    this.#was = this.valueTarget.value
    this.element.requestSubmit()
  }
}
