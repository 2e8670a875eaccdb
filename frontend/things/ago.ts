/** The short words for a time that has passed, as the server's `times.py` says them. */
export interface Words {
  now?: string
  minutes?: string
  hours?: string
  days?: string
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Undefined for what lies ahead and for more than a week ago: there the server's words stay true. */
export function ago(moment: Date, now: Date, words: Words): string | undefined {
  const seconds = (now.getTime() - moment.getTime()) / 1000
  if (Number.isNaN(seconds) || seconds < -30 || seconds >= 7 * DAY) return undefined
  if (seconds < MINUTE) return words.now
  if (seconds < HOUR) return fill(words.minutes, "minutes", seconds / MINUTE)
  if (seconds < DAY) return fill(words.hours, "hours", seconds / HOUR)
  return fill(words.days, "days", seconds / DAY)
}

function fill(words: string | undefined, name: string, count: number): string | undefined {
  return words?.replace(`%(${name})s`, String(Math.floor(count)))
}
