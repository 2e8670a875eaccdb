import { Controller } from "@hotwired/stimulus"

/** Closes a dialog when the ground around it is clicked. */
export default class DialogController extends Controller<HTMLDialogElement> {
  connect() {
    this.element.addEventListener("click", this.#clicked)
  }

  disconnect() {
    this.element.removeEventListener("click", this.#clicked)
    if (this.element.open) this.element.close()
  }

  #clicked = ({ target }: MouseEvent) => {
    if (target === this.element) this.element.close()
  }
}
