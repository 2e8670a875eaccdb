/** The part of htmx 4 that we call; it comes with the django-htmx wheel (see build.mjs). */
declare module "htmx" {
  const htmx: {
    process(root: Element): void
    ajax(method: string, path: string, context: Record<string, unknown>): Promise<void>
    registerExtension(name: string, extension: object): void
    swap(context: Record<string, unknown>): Promise<void>
  }
  export default htmx
}
