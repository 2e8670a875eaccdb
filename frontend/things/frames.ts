/** What the server says; docs/live.md lists the frames. */
export interface Frame {
  number?: number
  kind?: string
  conversation?: number
  here?: { member: number; name: string; typing: boolean }[]
  up?: boolean
  snapshot?: boolean
}

/** Waits for news by a request, where sockets are blocked; nothing when it is not let in. */
export async function ask(
  url: string,
  since: number | null,
  watching: number[],
  signal: AbortSignal,
): Promise<Frame[] | undefined> {
  const asked = new URLSearchParams({ watching: watching.join() })
  if (since !== null) asked.set("n", String(since))
  const answer = await fetch(`${url}/since?${asked}`, { signal, cache: "no-store" })
  if (answer.status === 404) return undefined
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json() as Promise<Frame[]>
}
