import type { ControllerConstructor } from "@hotwired/stimulus"

import Dialog from "./dialog_controller"
import KeyChoice from "./key_choice_controller"
import Keys from "./keys_controller"
import Menu from "./menu_controller"
import Times from "./times_controller"
import Toast from "./toast_controller"

/** By the name that `data-controller` says. */
export const controllers: Record<string, ControllerConstructor> = {
  dialog: Dialog,
  "key-choice": KeyChoice,
  keys: Keys,
  menu: Menu,
  times: Times,
  toast: Toast,
}
