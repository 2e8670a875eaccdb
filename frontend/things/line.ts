import { ask, type Frame } from "./frames"
import { Patience } from "./patience"

export type { Frame }

/** `ended`: signed out, or no longer let in. */
export type State = "connecting" | "up" | "polling" | "lost" | "ended"

const NOT_FOUND = 4404
const SOCKET_TRIES = 2
const BEFORE_A_SOCKET = 300_000
const AWAY = 60_000

/**
 * The line to the server: a socket, or requests that wait where sockets are blocked.
 *
 * It remembers the newest event it was told, and says so when it calls again; so nothing is
 * missed and nothing comes twice.
 */
export class Line {
  state: State = "connecting"

  #socket?: WebSocket
  #poll?: AbortController
  #timer?: number
  #hiddenAt = 0
  #watching: number[] = []
  #viewing?: number
  #patience = new Patience()

  constructor(
    private readonly url: string,
    private since: number | null,
    private readonly hears: (frame: Frame) => void,
    private readonly becomes: (state: State) => void,
  ) {}

  open() {
    document.addEventListener("visibilitychange", this.#seen)
    window.addEventListener("online", this.#again)
    this.#connect()
  }

  close() {
    document.removeEventListener("visibilitychange", this.#seen)
    window.removeEventListener("online", this.#again)
    this.#hangUp()
  }

  /** The conversations that the page shows now. */
  watch(conversations: number[]) {
    this.#watching = conversations
    this.#say({ watching: conversations })
  }

  view(conversation: number) {
    this.#viewing = conversation
    this.#say({ view: conversation })
  }

  leave(conversation: number) {
    if (this.#viewing === conversation) this.#viewing = undefined
    this.#say({ leave: conversation })
  }

  typing(conversation: number) {
    this.#say({ typing: conversation })
  }

  #connect() {
    const socket = new WebSocket(this.url.replace(/^http/, "ws"))
    this.#socket = socket
    socket.onopen = () => {
      this.#say({ since: this.since, watching: this.#watching })
      if (this.#viewing !== undefined) this.#say({ view: this.#viewing })
    }
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data), "up")
    socket.onclose = ({ code }) => (code === NOT_FOUND ? this.#end() : this.#later())
  }

  #hear(frame: Frame, state: State) {
    if (frame.number !== undefined) this.since = frame.number
    if (frame.up) {
      this.#patience.reset()
      this.#become(state)
    }
    this.hears(frame)
  }

  /** It broke: call again in a while; after the second time in vain, by requests that wait. */
  #later() {
    this.#socket = undefined
    this.#become(this.#patience.tries ? "lost" : "connecting")
    const wait = this.#patience.next()
    const next = this.#patience.tries < SOCKET_TRIES ? () => this.#connect() : () => this.#ask()
    this.#timer = window.setTimeout(next, wait)
  }

  async #ask() {
    this.#poll = new AbortController()
    const { signal } = this.#poll
    try {
      const until = Date.now() + BEFORE_A_SOCKET
      while (Date.now() < until) {
        if (!(await this.#askOnce(signal))) return
      }
      this.#connect()
    } catch {
      if (!signal.aborted) this.#later()
    }
  }

  async #askOnce(signal: AbortSignal): Promise<boolean> {
    const frames = await ask(this.url, this.since, this.#watching, signal)
    if (!frames) this.#end()
    for (const frame of frames ?? []) this.#hear(frame, "polling")
    return !signal.aborted
  }

  #end() {
    this.#hangUp()
    this.#become("ended")
  }

  /** A laptop that slept has a socket that only seems open; and a network that is back may be used. */
  #again = () => {
    if (this.state === "ended") return
    this.#hangUp()
    this.#patience.reset()
    this.#connect()
  }

  #seen = () => {
    if (document.hidden) this.#hiddenAt = Date.now()
    else if (Date.now() - this.#hiddenAt > AWAY) this.#again()
  }

  #hangUp() {
    clearTimeout(this.#timer)
    this.#poll?.abort()
    if (this.#socket) this.#socket.onclose = null
    this.#socket?.close()
    this.#socket = undefined
  }

  #say(word: object) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(word))
  }

  #become(state: State) {
    if (state === this.state) return
    this.state = state
    this.becomes(state)
  }
}
