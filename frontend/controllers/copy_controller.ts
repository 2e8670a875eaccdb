import { Controller } from "@hotwired/stimulus"

import { say } from "../things/failure"

/** Puts a value on the clipboard and says so. */
export default class CopyController extends Controller<HTMLElement> {
  static values = { text: String }

  declare readonly textValue: string

  async copy() {
    await navigator.clipboard.writeText(this.textValue)
    say(document, "copied")
  }
}
