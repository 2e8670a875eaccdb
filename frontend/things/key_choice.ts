/** Whether single keys act. People who speak to their computer need them off (WCAG 2.1.4). */

const NAME = "answerable:single-keys"

export function singleKeysAreOn(): boolean {
  return localStorage.getItem(NAME) !== "off"
}

export function chooseSingleKeys(on: boolean) {
  if (on) localStorage.removeItem(NAME)
  else localStorage.setItem(NAME, "off")
}
