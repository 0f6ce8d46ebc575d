import { type Html, html } from './html.ts'

/** What differs between documentation pages. */
export interface PageContent {
  /** The name of the API. */
  readonly api: string
  /** What the page shows, for its tab. */
  readonly name: string
  /** The way from the page up to where the app is mounted, so that every link holds under any prefix: `./`, `../`. */
  readonly root: string
  /** Scripts of the page, in order; the last is a module. */
  readonly scripts?: readonly string[]
  readonly styles?: readonly string[]
  readonly main: Html
}

const links = [
  { name: 'Try it', path: 'docs' },
  { name: 'Reference', path: 'redoc' },
  { name: 'Errors', path: 'docs/errors' },
  { name: 'JSON', path: 'openapi.json' },
  { name: 'YAML', path: 'openapi.yaml' },
]

/** A documentation page: the same frame around everything, and not one inline script or style. */
export function pageShell({ api, name, root, scripts = [], styles = [], main }: PageContent): Html {
  const asset = (file: string): string => `${root}docs/assets/${file}`
  const navigation = links.map((link) => {
    const current = link.name === name ? html` aria-current="page"` : html``
    return html`<a href="${root}${link.path}"${current}>${link.name}</a>`
  })
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name} · ${api}</title>
<link rel="icon" type="image/svg+xml" href="${asset('icon.svg')}">
<link rel="service-desc" type="application/json" title="JSON" href="${root}openapi.json">
<link rel="service-desc" type="application/yaml" title="YAML" href="${root}openapi.yaml">
${[...styles, 'docs.css'].map((file) => html`<link rel="stylesheet" href="${asset(file)}">\n`)}${scripts.map(
  (file, index) =>
    index === scripts.length - 1
      ? html`<script type="module" src="${asset(file)}"></script>\n`
      : html`<script defer src="${asset(file)}"></script>\n`,
)}</head>
<body>
<header class="frame"><a class="api" href="${root}docs"><img src="${asset('icon.svg')}" alt="" width="24" height="24">${api}</a>
<nav aria-label="Documentation">${navigation}</nav></header>
${main}
</body>
</html>
`
}
