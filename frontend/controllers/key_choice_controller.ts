import { Controller } from "@hotwired/stimulus"

import { chooseSingleKeys, singleKeysAreOn } from "../things/key_choice"

/** The switch for single keys. */
export default class KeyChoiceController extends Controller<HTMLInputElement> {
  connect() {
    this.element.checked = singleKeysAreOn()
  }

  choose() {
    chooseSingleKeys(this.element.checked)
  }
}
