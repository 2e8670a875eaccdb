/** When a request fails, a toast says so; what the page shows stays as it was. */
export function speakUpOnFailure(root: Document) {
  root.addEventListener("htmx:response:error", (event) => {
    const status = (event as CustomEvent).detail?.ctx?.response?.status as number | undefined
    if (status !== 422 && status !== 409)
      say(root, status === 404 || status === 403 ? "gone" : "failed")
  })
  root.addEventListener("htmx:error", () => say(root, "unreachable"))
}

/** Shows the toast that the page keeps for it, in the reader's language. */
export function say(root: Document, what: string) {
  const words = root.getElementById(`say-${what}`)
  const toasts = root.getElementById("toasts")
  if (!(words instanceof HTMLTemplateElement) || !toasts) return
  toasts.replaceChildren(words.content.cloneNode(true))
}
