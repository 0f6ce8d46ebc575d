import { apiDescription, showFailure } from './api-description.js'
import { theme } from './redoc-theme.js'

const dark = matchMedia('(prefers-color-scheme: dark)')
// Redoc takes its colours only once.
dark.addEventListener('change', () => location.reload())

try {
  const options = {
    downloadUrls: [...document.querySelectorAll('link[rel="service-desc"]')].map(({ href: url, title }) => ({
      url,
      title,
    })),
    expandResponses: '200,201,202',
    sortRequiredPropsFirst: true,
    theme: theme(dark.matches),
  }
  window.Redoc.init(await apiDescription(), options, document.querySelector('#api'))
} catch (error) {
  showFailure(error)
}
