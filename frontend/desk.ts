import { Application } from "@hotwired/stimulus"
import htmx from "htmx"

import { controllers } from "./controllers"
import { hideBrokenPictures } from "./things/broken"
import { speakUpOnFailure } from "./things/failure"
import { keep } from "./things/keep"

document.documentElement.dataset.scripted = ""
htmx.registerExtension("keep", keep)
speakUpOnFailure(document)
hideBrokenPictures(document)

const application = Application.start()
for (const [name, controller] of Object.entries(controllers)) {
  application.register(name, controller)
}
