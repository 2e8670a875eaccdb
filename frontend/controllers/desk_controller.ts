import { Controller } from "@hotwired/stimulus"

const ASIDE = "answerable:aside"

/** Opens and closes what stands beside the work: the nav on small screens, the customer pane. */
export default class DeskController extends Controller<HTMLElement> {
  connect() {
    if (localStorage.getItem(ASIDE) === "closed") this.element.dataset.aside = "closed"
    document.addEventListener("keydown", this.#pressed)
    document.addEventListener("pointerdown", this.#elsewhere)
  }

  disconnect() {
    document.removeEventListener("keydown", this.#pressed)
    document.removeEventListener("pointerdown", this.#elsewhere)
  }

  nav() {
    this.element.toggleAttribute("data-nav")
    if (this.element.hasAttribute("data-nav"))
      document.querySelector<HTMLElement>("#nav a")?.focus()
  }

  aside() {
    const pane = document.getElementById("customer")
    const isShown = Boolean(pane?.checkVisibility())
    this.element.dataset.aside = isShown ? "closed" : "open"
    localStorage.setItem(ASIDE, isShown ? "closed" : "open")
  }

  #pressed = ({ key }: KeyboardEvent) => {
    if (key === "Escape") this.element.removeAttribute("data-nav")
  }

  #elsewhere = ({ target }: PointerEvent) => {
    if (!(target as Element).closest("#nav, [data-action~='desk#nav']")) {
      this.element.removeAttribute("data-nav")
    }
  }
}
