import { apiDescription, showFailure } from './api-description.js'

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()

try {
  window.SwaggerUIBundle({
    spec: await apiDescription(),
    domNode: document.querySelector('#api'),
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    // Otherwise the description is sent to a validator on the Internet, to show its badge.
    validatorUrl: null,
  })
} catch (error) {
  showFailure(error)
}
