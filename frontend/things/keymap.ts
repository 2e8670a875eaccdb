/** Which keys mean something, and when they must not. */

const TYPING = "input, textarea, select, [contenteditable='true'], [contenteditable=''], dialog"
const NOT_TYPING = "input[type=checkbox], input[type=radio], input[type=button], input[type=submit]"

export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  repeat: boolean
}

/** The single key that was pressed to act, or nothing if it was pressed to write. */
export function singleKey(pressed: Pressed, target: Element | null): string | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return undefined
  if (pressed.key.length !== 1 && pressed.key !== "Enter" && pressed.key !== "Escape")
    return undefined
  if (isTyping(target)) return undefined
  return pressed.key
}

export function isTyping(target: Element | null): boolean {
  const field = target?.closest(TYPING)
  return Boolean(field && !field.matches(NOT_TYPING))
}
