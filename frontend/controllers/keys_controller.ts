import { Controller } from "@hotwired/stimulus"

import { singleKeysAreOn } from "../things/key_choice"
import { singleKey } from "../things/keymap"

/**
 * Single keys press what carries them: `e` presses the visible `[data-key=e]`.
 *
 * A controller may take a key first, by preventing the `keys:pressed` event.
 */
export default class KeysController extends Controller<HTMLElement> {
  connect() {
    document.addEventListener("keydown", this.#pressed)
  }

  disconnect() {
    document.removeEventListener("keydown", this.#pressed)
  }

  help() {
    const dialog = document.getElementById("keys")
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal()
  }

  #pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !singleKeysAreOn()) return
    const key = singleKey(event, event.target as Element)
    if (!key) return
    const { defaultPrevented } = this.dispatch("pressed", { detail: { key }, cancelable: true })
    if (defaultPrevented || this.#press(key)) event.preventDefault()
  }

  #press(key: string): boolean {
    if (key === "?") this.help()
    const carriers = document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
    const carrier = [...carriers].find((each) => each.checkVisibility())
    if (!carrier) return key === "?"
    carrier.focus()
    if (!carrier.matches("input, textarea")) carrier.click()
    return true
  }
}
