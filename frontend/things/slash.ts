/** What is being looked for with a slash right before the caret; nothing if it is none. */
export function afterSlash(text: string, caret: number): string | undefined {
  return /(?:^|\s)\/([^\s/][^\n/]{0,40}|)$/u.exec(text.slice(0, caret))?.[1]
}
