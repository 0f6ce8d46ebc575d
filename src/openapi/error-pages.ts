import { type CatalogueEntry, catalogue } from '../kernel/catalogue.ts'
import { type Html, html } from './html.ts'
import { pageShell } from './page-shell.ts'
import { problemExample } from './problem-example.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** The catalogue as pairs of code and entry, in its order. */
const problemKinds: readonly (readonly [code: string, entry: CatalogueEntry])[] = Object.entries(catalogue)

/** The page with the table of all codes; `api` is the name of the API. */
export function errorTable(api: string): Html {
  const rows = problemKinds.map(
    ([code, { status, title, help }]) => html`
<tr><td>${status}</td><td><a href="errors/${code}"><code>${code}</code></a></td><td>${title}</td><td>${help}</td></tr>`,
  )
  return pageShell({
    api,
    name: 'Errors',
    root: '../',
    main: html`<main class="text">
<h1>Errors</h1>
<p>Every refusal and every failure is told in one form, <code>application/problem+json</code> (RFC 9457). Programs go by
its <code>code</code>, which never changes its meaning; people quote its <code>cid</code> when they report it.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Title</th><th scope="col">What to do</th></tr></thead>
<tbody>${rows}
</tbody>
</table></div>
</main>`,
  })
}

/** The page that explains one code. */
export function errorPage(api: string, code: string, entry: CatalogueEntry): Html {
  const { status, title, help } = entry
  return pageShell({
    api,
    name: title,
    root: '../../',
    main: html`<main class="text">
<p class="path"><a href="../errors">Errors</a> / <code>${code}</code></p>
<h1>${title}</h1>
<p class="facts"><span class="status">${status} ${reasonPhrase(status)}</span> <code>${code}</code></p>
<h2>What to do</h2>
<p>${help}</p>
<h2>What a client gets</h2>
<pre><code>${JSON.stringify(problemExample(code, entry), null, 2)}</code></pre>
</main>`,
  })
}
