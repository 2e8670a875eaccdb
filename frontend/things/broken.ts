/** A picture that is none, whatever its sender called it, leaves its place empty. */
export function hideBrokenPictures(root: Document) {
  // Errors of pictures do not bubble; they can only be caught on the way down.
  root.addEventListener("error", hide, true)
}

function hide({ target }: Event) {
  if (target instanceof HTMLImageElement) target.dataset.broken = ""
}
