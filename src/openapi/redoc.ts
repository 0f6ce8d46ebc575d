import { type Html, html } from './html.ts'
import { pageShell } from './page-shell.ts'

/** The page of Redoc, for reading; `api` is the name of the API. */
export function redocPage(api: string): Html {
  return pageShell({
    api,
    name: 'Reference',
    root: './',
    styles: ['redoc.css'],
    scripts: ['redoc.standalone.js', 'redoc-start.js'],
    main: html`<main id="api"></main>`,
  })
}
