import { Controller } from "@hotwired/stimulus"

/** Ctrl or ⌘ and Enter sends; with Shift the other way to send, if there is one. */
export default class SendController extends Controller<HTMLFormElement> {
  keys(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    const ways = [...this.element.querySelectorAll<HTMLButtonElement>("[data-send]")]
    const other = ways.find((way) => way.value)
    const way = event.shiftKey && other ? other : ways.find((each) => !each.value)
    this.element.requestSubmit(way)
  }
}
