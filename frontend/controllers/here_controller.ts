import { Controller } from "@hotwired/stimulus"

import type { Frame } from "../things/line"

/**
 * Shows which colleagues view a conversation or type in it: `data-here` of the element says
 * `viewing` or `typing`, its names are text of the name target, in the words of its template.
 */
export default class HereController extends Controller<HTMLElement> {
  static targets = ["names"]
  static values = { conversation: Number, viewing: String, typing: String }

  declare readonly namesTarget: HTMLElement
  declare readonly hasNamesTarget: boolean
  declare readonly conversationValue: number
  declare readonly viewingValue: string
  declare readonly typingValue: string

  show({ detail }: CustomEvent<Frame>) {
    if (detail.conversation !== this.conversationValue || !detail.here) return
    const typing = detail.here.filter((one) => one.typing)
    const shown = typing.length ? typing : detail.here
    const names = shown.map((one) => one.name).join(", ")
    const words = typing.length ? this.typingValue : this.viewingValue
    if (shown.length) this.element.dataset.here = typing.length ? "typing" : "viewing"
    else delete this.element.dataset.here
    const text = shown.length ? words.replace("%(names)s", names) : ""
    if (this.hasNamesTarget) this.namesTarget.textContent = text
    else this.element.title = text
  }
}
