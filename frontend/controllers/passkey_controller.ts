import { Controller } from "@hotwired/stimulus"

import { type Options, toMake, toUse, written } from "../things/passkey"

/** A form that is sent with a passkey: the browser is asked first, its answer goes along. */
export default class PasskeyController extends Controller<HTMLFormElement> {
  static targets = ["credential", "alone", "trouble"]
  static values = { options: Object, url: String }

  declare readonly credentialTarget: HTMLInputElement
  declare readonly aloneTarget: HTMLInputElement
  declare readonly troubleTarget: HTMLElement
  declare readonly optionsValue: Options
  declare readonly urlValue: string

  connect() {
    if (!window.PublicKeyCredential) this.element.hidden = true
  }

  make(event: Event) {
    event.preventDefault()
    return this.#send(() =>
      navigator.credentials.create(toMake(this.optionsValue, this.aloneTarget.checked)),
    )
  }

  use(event: Event) {
    event.preventDefault()
    return this.#send(async () => navigator.credentials.get(toUse(await this.#options())))
  }

  async #send(ask: () => Promise<Credential | null>) {
    this.troubleTarget.hidden = true
    try {
      this.credentialTarget.value = written((await ask()) as PublicKeyCredential)
      this.element.submit()
    } catch {
      this.troubleTarget.hidden = false
    }
  }

  /** In the page, or asked for now where the page has stood open for long. */
  async #options(): Promise<Options> {
    if (!this.urlValue) return this.optionsValue
    const answer = await fetch(this.urlValue, { headers: { Accept: "application/json" } })
    return (await answer.json()).request_options
  }
}
