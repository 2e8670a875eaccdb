import { Controller } from "@hotwired/stimulus"

/** Reply or note: one of the two forms is shown, the other keeps its draft. */
export default class ComposerController extends Controller<HTMLElement> {
  static targets = ["form"]

  declare readonly formTargets: HTMLFormElement[]

  choose({ params }: { params: { kind: string } }) {
    this.#show(params.kind)
    const text = this.#form(params.kind)?.querySelector("textarea")
    text?.focus()
    text?.setSelectionRange(text.value.length, text.value.length)
  }

  tabKeys(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return
    event.preventDefault()
    const other = this.element.dataset.kind === "reply" ? "note" : "reply"
    this.#show(other)
    document.getElementById(`tab-${other}`)?.focus()
  }

  #show(kind: string) {
    if (!this.#form(kind)) return
    this.element.dataset.kind = kind
    for (const form of this.formTargets) {
      const tab = document.getElementById(`tab-${form.dataset.form}`)
      tab?.setAttribute("aria-selected", String(form.dataset.form === kind))
    }
  }

  #form(kind: string): HTMLFormElement | undefined {
    return this.formTargets.find((form) => form.dataset.form === kind)
  }
}
