import { Controller } from "@hotwired/stimulus"

import type { Frame } from "../things/line"

const TOGETHER = 80

/**
 * Says `fresh` to its element when what it shows may have changed, for htmx to fetch it:
 *
 *     <ol hx-get="/w/demo/inbox" hx-trigger="fresh" data-controller="fresh"
 *         data-action="live:news@document->fresh#news live:snapshot@document->fresh#all">
 *
 * With a conversation it heeds the news of that one alone. Several at once are one `fresh`;
 * a page that nobody looks at waits until somebody does.
 */
export default class FreshController extends Controller<HTMLElement> {
  static values = { conversation: Number, kinds: String }

  declare readonly conversationValue: number
  declare readonly hasConversationValue: boolean
  declare readonly kindsValue: string

  #timer?: number
  #stale = false

  connect() {
    document.addEventListener("visibilitychange", this.#seen)
  }

  disconnect() {
    clearTimeout(this.#timer)
    document.removeEventListener("visibilitychange", this.#seen)
  }

  news({ detail }: CustomEvent<Frame>) {
    if (this.hasConversationValue && detail.conversation !== this.conversationValue) return
    if (this.kindsValue && !this.kindsValue.split(" ").includes(detail.kind ?? "")) return
    this.all()
  }

  all() {
    this.#stale = true
    if (!document.hidden) this.#soon()
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#freshen(), TOGETHER)
  }

  #freshen() {
    this.#stale = false
    this.element.dispatchEvent(new CustomEvent("fresh"))
  }

  #seen = () => {
    if (!document.hidden && this.#stale) this.#soon()
  }
}
