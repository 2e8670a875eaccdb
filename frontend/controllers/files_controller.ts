import { Controller } from "@hotwired/stimulus"
import htmx from "htmx"

import { upload } from "../things/upload"

/** Takes files that are picked, pasted or dropped, and sends them at once, showing how far. */
export default class FilesController extends Controller<HTMLFormElement> {
  static targets = ["input", "list"]
  static values = { url: String }

  declare readonly inputTarget: HTMLInputElement
  declare readonly listTarget: HTMLElement
  declare readonly urlValue: string

  connect() {
    this.element.addEventListener("paste", this.#pasted)
    this.element.addEventListener("dragover", this.#over)
    this.element.addEventListener("dragleave", this.#left)
    this.element.addEventListener("drop", this.#dropped)
  }

  disconnect() {
    this.element.removeEventListener("paste", this.#pasted)
    this.element.removeEventListener("dragover", this.#over)
    this.element.removeEventListener("dragleave", this.#left)
    this.element.removeEventListener("drop", this.#dropped)
  }

  picked() {
    this.#send(this.inputTarget.files)
    this.inputTarget.value = ""
  }

  #pasted = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    this.#send(files)
  }

  #over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.element.toggleAttribute("data-dropping", true)
  }

  #left = () => this.element.removeAttribute("data-dropping")

  #dropped = (event: DragEvent) => {
    this.#left()
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    this.#send(event.dataTransfer.files)
  }

  async #send(files: FileList | null) {
    if (!files?.length) return
    const waiting = this.#waiting([...files].map((file) => file.name).join(", "))
    const token = new FormData(this.element).get("csrfmiddlewaretoken") as string
    const answer = await upload(this.urlValue, files, token, (part) => {
      waiting.value = part
    })
    waiting.parentElement?.remove()
    if (answer === undefined) return
    this.listTarget.innerHTML = answer
    htmx.process(this.listTarget)
  }

  #waiting(names: string): HTMLProgressElement {
    const item = document.createElement("p")
    const bar = document.createElement("progress")
    item.className = "composer-upload"
    item.append(names, bar)
    this.listTarget.append(item)
    return bar
  }
}
