import { Controller } from "@hotwired/stimulus"

/** Moves cards of a board by dragging: dropping one on a column sends the form of the move. */
export default class BoardController extends Controller<HTMLElement> {
  static targets = ["form", "number", "column"]

  declare readonly formTarget: HTMLFormElement
  declare readonly numberTarget: HTMLInputElement
  declare readonly columnTarget: HTMLInputElement

  #lifted?: HTMLElement

  lift(event: DragEvent) {
    this.#lifted = event.currentTarget as HTMLElement
    this.#lifted.dataset.lifted = ""
    event.dataTransfer?.setData("text/plain", `#${this.#lifted.dataset.number}`)
  }

  settle() {
    delete this.#lifted?.dataset.lifted
    this.#lifted = undefined
    for (const column of this.element.querySelectorAll("[data-over]")) this.#leave(column)
  }

  over(event: DragEvent) {
    if (!this.#lifted) return
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).dataset.over = ""
  }

  leave({ currentTarget, relatedTarget }: DragEvent) {
    const column = currentTarget as HTMLElement
    if (!column.contains(relatedTarget as Node | null)) this.#leave(column)
  }

  drop(event: DragEvent) {
    const column = event.currentTarget as HTMLElement
    const card = this.#lifted
    if (!card) return
    event.preventDefault()
    if (column.contains(card)) return
    column.querySelector("ol")?.prepend(card)
    this.numberTarget.value = card.dataset.number ?? ""
    this.columnTarget.value = column.dataset.column ?? ""
    this.formTarget.requestSubmit()
  }

  #leave(column: Element) {
    column.removeAttribute("data-over")
  }
}
