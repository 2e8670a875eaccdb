import { Controller } from "@hotwired/stimulus"

const AGAIN = 4_000

/** Tells colleagues that a conversation is open here, and that somebody types in it. */
export default class ViewingController extends Controller<HTMLElement> {
  static values = { conversation: Number }

  declare readonly conversationValue: number

  #typedAt = 0

  connect() {
    this.#tell("view")
  }

  disconnect() {
    this.#tell("leave")
  }

  type() {
    if (Date.now() - this.#typedAt < AGAIN) return
    this.#typedAt = Date.now()
    this.#tell("typing")
  }

  #tell(what: string) {
    const detail = { conversation: this.conversationValue }
    this.dispatch(what, { prefix: "line", target: document.documentElement, detail })
  }
}
