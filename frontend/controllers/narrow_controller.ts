import { Controller } from "@hotwired/stimulus"

/** Narrows the choices of a menu to those that contain what is typed; Enter takes the first. */
export default class NarrowController extends Controller<HTMLElement> {
  static targets = ["words", "new"]

  declare readonly wordsTarget: HTMLInputElement
  declare readonly hasWordsTarget: boolean
  declare readonly newTarget: HTMLElement
  declare readonly hasNewTarget: boolean

  connect() {
    if (this.hasWordsTarget) this.wordsTarget.focus()
    else this.#choices[0]?.focus()
  }

  narrow() {
    const words = this.wordsTarget.value.trim().toLocaleLowerCase()
    for (const choice of this.#choices) {
      choice.hidden = !choice.dataset.words?.toLocaleLowerCase().includes(words)
    }
    const isKnown = this.#choices.some((each) => each.dataset.words?.toLocaleLowerCase() === words)
    if (this.hasNewTarget) this.newTarget.hidden = !words || isKnown
  }

  keys(event: KeyboardEvent) {
    if (event.key !== "Enter") return
    event.preventDefault()
    const first = this.#choices.find((choice) => !choice.hidden)
    const isNew = this.hasNewTarget && !this.newTarget.hidden && !first
    if (isNew) this.newTarget.click()
    else first?.click()
  }

  get #choices() {
    return [...this.element.querySelectorAll<HTMLElement>("[data-words]")]
  }
}
