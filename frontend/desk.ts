import { Application } from "@hotwired/stimulus"
import "htmx"

import { controllers } from "./controllers"
import { speakUpOnFailure } from "./things/failure"

document.documentElement.dataset.scripted = ""
speakUpOnFailure(document)

const application = Application.start()
for (const [name, controller] of Object.entries(controllers)) {
  application.register(name, controller)
}
