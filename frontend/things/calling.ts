const CALL = /(?:^|[\s(])@([\p{L}\p{N}.'’ -]{0,40})$/u

/** What stands between an @ and the caret, or nothing when nobody is being called. */
export function calling(text: string, caret: number): string | undefined {
  return text.slice(0, caret).match(CALL)?.[1]
}
