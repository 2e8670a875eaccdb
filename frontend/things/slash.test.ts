import { expect, test } from "vitest"

import { afterSlash } from "./slash"

test.each([
  ["/", ""],
  ["Hello\n/tha", "tha"],
  ["so /thank you", "thank you"],
  ["and/or", undefined],
  ["https://lamps.example", undefined],
  ["/etc/hosts", undefined],
  ["/thanks\n", undefined],
])("%j looks for %j", (text, call) => {
  expect(afterSlash(text, text.length)).toBe(call)
})
