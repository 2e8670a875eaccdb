import { Controller } from "@hotwired/stimulus"

import { step } from "../things/step"

const ITEMS = "[data-menu-item], a, button, input:not([type=hidden]), select, textarea"

/** Makes a `<details>` behave as a menu: arrows move, Esc and a click elsewhere close it. */
export default class MenuController extends Controller<HTMLDetailsElement> {
  connect() {
    this.element.addEventListener("toggle", this.#toggled)
    this.element.addEventListener("keydown", this.#pressed)
  }

  disconnect() {
    this.element.removeEventListener("toggle", this.#toggled)
    this.element.removeEventListener("keydown", this.#pressed)
    document.removeEventListener("pointerdown", this.#elsewhere)
  }

  close() {
    const hadFocus = this.element.contains(document.activeElement)
    this.element.open = false
    if (hadFocus) this.#summary?.focus()
  }

  #toggled = () => {
    const isOpen = this.element.open
    this.#summary?.setAttribute("aria-expanded", String(isOpen))
    if (isOpen) document.addEventListener("pointerdown", this.#elsewhere)
    else document.removeEventListener("pointerdown", this.#elsewhere)
    if (isOpen) this.#items[0]?.focus()
  }

  #elsewhere = ({ target }: PointerEvent) => {
    if (!this.element.contains(target as Node)) this.element.open = false
  }

  #pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape" && this.element.open) {
      event.stopPropagation()
      this.close()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.element.open) return
      event.preventDefault()
      const by = event.key === "ArrowDown" ? 1 : -1
      step(this.#items, document.activeElement, by)?.focus()
    }
  }

  get #summary() {
    return this.element.querySelector<HTMLElement>("summary")
  }

  get #items() {
    return [...this.element.querySelectorAll<HTMLElement>(ITEMS)].filter((item) =>
      item.checkVisibility(),
    )
  }
}
