// Builds what pages load: desk.js, desk.css, public.css and icons.svg, into answerable/look/static/build.
// Names carry no hash here: Django's manifest storage adds it when static files are collected.

import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, "../answerable/look/static/build")

const htmx = {
  name: "htmx",
  setup(build) {
    build.onResolve({ filter: /^htmx$/ }, () => ({ path: "htmx", namespace: "wheel" }))
    build.onLoad({ filter: /^htmx$/, namespace: "wheel" }, () => ({
      contents: `${readFileSync(htmxOfTheWheel(), "utf8")}\nexport default htmx`,
      loader: "js",
    }))
  },
}

/** htmx comes with the django-htmx wheel, so that the browser's half and Django's half agree. */
function htmxOfTheWheel() {
  const python = process.env.PYTHON ?? process.env.VIRTUAL_ENV?.concat("/bin/python") ?? "python3"
  const where = "import django_htmx as it; print(it.__path__[0])"
  const wheel = execFileSync(python, ["-c", where], { encoding: "utf8" }).trim()
  return join(wheel, "static/django_htmx/htmx-4.js")
}

function sprite() {
  const icons = join(here, "../node_modules/lucide-static")
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean)
  const symbols = names.map((name) => {
    const svg = readFileSync(join(icons, `icons/${name}.svg`), "utf8")
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s+/g, " ").trim()}</symbol>`
  })
  const licence =
    "Lucide (lucide.dev), ISC License, Lucide Icons and Contributors; part from Feather, MIT"
  mkdirSync(out, { recursive: true })
  writeFileSync(
    join(out, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${licence} -->${symbols.join("")}</svg>\n`,
  )
}

const options = {
  entryPoints: [
    { in: join(here, "desk.ts"), out: "desk" },
    { in: join(here, "styles/desk.css"), out: "desk" },
    { in: join(here, "styles/public.css"), out: "public" },
  ],
  outdir: out,
  bundle: true,
  minify: true,
  sourcemap: false,
  format: "esm",
  target: ["chrome123", "firefox121", "safari17.5"],
  plugins: [htmx],
  legalComments: "inline",
  logLevel: "warning",
}

sprite()
if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" })
  await context.watch()
} else {
  await esbuild.build(options)
}
