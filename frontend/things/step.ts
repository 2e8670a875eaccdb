/** The element `by` places after the current one, round the ends; the first or last if there is none. */
export function step<T extends Element>(
  all: T[],
  current: Element | null,
  by: 1 | -1,
): T | undefined {
  const at = all.indexOf(current as T)
  if (at < 0) return by > 0 ? all[0] : all[all.length - 1]
  return all[(at + by + all.length) % all.length]
}
