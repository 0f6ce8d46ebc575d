import { type Html, html } from './html.ts'
import { pageShell } from './page-shell.ts'

/** The page of Swagger UI, from which every operation can be tried out; `api` is the name of the API. */
export function swaggerPage(api: string): Html {
  return pageShell({
    api,
    name: 'Try it',
    root: './',
    styles: ['swagger-ui.css', 'swagger.css'],
    scripts: ['swagger-ui-bundle.js', 'swagger-start.js'],
    main: html`<main id="api"></main>`,
  })
}
