import { Controller } from "@hotwired/stimulus"

const NEAR_THE_END = 120

/** Opens a thread where its last words are, and stays there when new ones come. */
export default class ConversationController extends Controller<HTMLElement> {
  static targets = ["scroll"]

  declare readonly scrollTarget: HTMLElement

  #observer?: ResizeObserver
  #isAtTheEnd = true

  connect() {
    const thread = this.scrollTarget.firstElementChild
    this.#observer = new ResizeObserver(() => this.#stay())
    if (thread) this.#observer.observe(thread)
    this.#observer.observe(this.scrollTarget)
    this.scrollTarget.addEventListener("scroll", this.#scrolled, { passive: true })
    this.#markRead()
    this.#stay()
  }

  /** What comes while it is looked at has been read. */
  news({ detail }: CustomEvent<{ conversation?: number }>) {
    if (String(detail.conversation) !== this.element.dataset.conversation || document.hidden) return
    this.element.querySelector<HTMLFormElement>(".reading")?.requestSubmit()
  }

  disconnect() {
    this.#observer?.disconnect()
    this.scrollTarget.removeEventListener("scroll", this.#scrolled)
  }

  #scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.scrollTarget
    this.#isAtTheEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END
  }

  #stay() {
    if (!this.#isAtTheEnd) return
    const last = this.scrollTarget.querySelector("[data-last-words]")
    const isTall = last && last.clientHeight > this.scrollTarget.clientHeight
    if (isTall) last.scrollIntoView({ block: "start" })
    else this.scrollTarget.scrollTop = this.scrollTarget.scrollHeight
  }

  // The list shows at once what the server is being told.
  #markRead() {
    const row = document.getElementById(`row-${this.element.dataset.number}`)
    row?.removeAttribute("data-unread")
  }
}
