/** What a morph must leave as the reader has it. */

interface MorphedAttribute {
  attrName: string
  newValue: string | null
}

/** An htmx extension: what was opened stays open, and what a script has written stays written. */
export const keep = {
  htmx_before_morph_attr(element: Element, { attrName, newValue }: MorphedAttribute): boolean {
    if (attrName === "open" && newValue === null) return !element.matches("[data-keep-open]")
    if (newValue === null && ["aria-expanded", "data-here"].includes(attrName)) return false
    return true
  },
}
