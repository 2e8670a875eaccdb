import type { ControllerConstructor } from "@hotwired/stimulus"

import Addresses from "./addresses_controller"
import Board from "./board_controller"
import Composer from "./composer_controller"
import Conversation from "./conversation_controller"
import Copy from "./copy_controller"
import Desk from "./desk_controller"
import Dialog from "./dialog_controller"
import Draft from "./draft_controller"
import Files from "./files_controller"
import Fresh from "./fresh_controller"
import Here from "./here_controller"
import InPlace from "./in_place_controller"
import KeyChoice from "./key_choice_controller"
import Keys from "./keys_controller"
import Line from "./line_controller"
import List from "./list_controller"
import Mention from "./mention_controller"
import Menu from "./menu_controller"
import Narrow from "./narrow_controller"
import Passkey from "./passkey_controller"
import Rows from "./rows_controller"
import Send from "./send_controller"
import Template from "./template_controller"
import Ticks from "./ticks_controller"
import Times from "./times_controller"
import Toast from "./toast_controller"
import Viewing from "./viewing_controller"

/** By the name that `data-controller` says. */
export const controllers: Record<string, ControllerConstructor> = {
  addresses: Addresses,
  board: Board,
  composer: Composer,
  conversation: Conversation,
  copy: Copy,
  desk: Desk,
  dialog: Dialog,
  draft: Draft,
  files: Files,
  fresh: Fresh,
  here: Here,
  "in-place": InPlace,
  "key-choice": KeyChoice,
  keys: Keys,
  line: Line,
  list: List,
  mention: Mention,
  menu: Menu,
  narrow: Narrow,
  rows: Rows,
  send: Send,
  passkey: Passkey,
  template: Template,
  ticks: Ticks,
  times: Times,
  toast: Toast,
  viewing: Viewing,
}
