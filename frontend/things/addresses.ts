/** The addresses in what was typed or pasted: between commas, semicolons, spaces or line ends. */
export function split(typed: string): string[] {
  const named = typed.match(/<[^<>\s]+@[^<>\s]+>/g)
  const parts = named ? named.map((each) => each.slice(1, -1)) : typed.split(/[\s,;]+/)
  return [...new Set(parts.map((part) => part.trim()).filter(Boolean))]
}

/** Whether it can be an address; the server has the last word. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) || /^[^\s@]+@localhost$/.test(text)
}
