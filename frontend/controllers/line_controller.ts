import { Controller } from "@hotwired/stimulus"

import { type Frame, Line, type State } from "../things/line"

/**
 * Keeps the page's line, and passes on what it hears to whoever on the page listens:
 * `live:opened` (each time nothing is missing any more, the first time too), `live:news`,
 * `live:here` and `live:snapshot`. The state is `data-line` of the document.
 *
 * Whoever shows a conversation carries `data-conversation`; who is in one dispatches
 * `line:view`, `line:typing` and `line:leave`.
 */
export default class LineController extends Controller<HTMLElement> {
  static values = { url: String, since: Number }

  declare readonly urlValue: string
  declare readonly sinceValue: number
  declare readonly hasSinceValue: boolean

  #line?: Line
  #changes?: MutationObserver
  #watching = ""

  connect() {
    const url = new URL(this.urlValue, location.href).href
    const since = this.hasSinceValue ? this.sinceValue : null
    this.#line = new Line(url, since, this.#hear, this.#become)
    this.#changes = new MutationObserver(this.#look)
    this.#changes.observe(this.element, { childList: true, subtree: true })
    this.#look()
    this.#become(this.#line.state)
    this.#line.open()
  }

  disconnect() {
    this.#changes?.disconnect()
    this.#line?.close()
    delete document.documentElement.dataset.line
  }

  view({ detail }: CustomEvent<{ conversation: number }>) {
    this.#line?.view(detail.conversation)
  }

  typing({ detail }: CustomEvent<{ conversation: number }>) {
    this.#line?.typing(detail.conversation)
  }

  leave({ detail }: CustomEvent<{ conversation: number }>) {
    this.#line?.leave(detail.conversation)
  }

  #hear = (frame: Frame) => {
    if (frame.up) this.#tell("opened", frame)
    else if (frame.snapshot) this.#tell("snapshot", frame)
    else if (frame.here) this.#tell("here", frame)
    else if (frame.kind) this.#tell("news", frame)
  }

  #become = (state: State) => {
    document.documentElement.dataset.line = state
    this.#tell("state", { state })
  }

  #look = () => {
    const shown = this.element.querySelectorAll<HTMLElement>("[data-conversation]")
    const numbers = [...new Set([...shown].map((one) => Number(one.dataset.conversation)))]
    const watching = numbers.sort((a, b) => a - b).join()
    if (watching !== this.#watching) this.#line?.watch(numbers)
    this.#watching = watching
  }

  #tell(what: string, detail: object) {
    this.dispatch(what, { prefix: "live", target: document.documentElement, detail })
  }
}
