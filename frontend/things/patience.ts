const FIRST = 500
const LONGEST = 30_000

/** How long to wait before calling again: longer each time, and never all browsers at once. */
export class Patience {
  #tries = 0

  constructor(private readonly random: () => number = Math.random) {}

  get tries() {
    return this.#tries
  }

  next(): number {
    const most = Math.min(FIRST * 2 ** this.#tries, LONGEST)
    this.#tries += 1
    return most / 2 + (this.random() * most) / 2
  }

  reset() {
    this.#tries = 0
  }
}
