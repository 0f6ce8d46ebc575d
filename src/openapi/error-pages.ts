import { catalogue } from '../kernel/catalogue.ts'
import type { OperationErrors } from '../kernel/operation.ts'
import type { ProblemKind } from '../kernel/problem.ts'
import { type Html, html } from './html.ts'
import { pageShell } from './page-shell.ts'
import { guideOf, problemExample } from './problem-example.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** The pages of an API that explain its problems: its name, its own kinds, and how it tells problems. */
export interface ErrorPages {
  readonly api: string
  readonly own?: readonly ProblemKind[]
  readonly errors?: OperationErrors | undefined
}

const problemKinds: readonly ProblemKind[] = Object.entries(catalogue).map(([code, entry]) => ({ code, ...entry }))

/** The page with the table of all codes, those of the API's own first. */
export function errorTable({ api, own = [], errors }: ErrorPages): Html {
  const rows = [...own, ...problemKinds].map(
    ({ code, status, title, help = '' }) => html`
<tr><td>${status}</td><td><a href="errors/${code}"><code>${code}</code></a></td><td>${title}</td><td>${help}</td></tr>`,
  )
  const type = errors?.type ?? 'application/problem+json'
  return pageShell({
    api,
    name: 'Errors',
    root: '../',
    main: html`<main class="text">
<h1>Errors</h1>
<p>Every refusal and every failure is told in one form, <code>${type}</code>${type === 'application/problem+json' ? ' (RFC 9457)' : ''}. Programs go by
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
export function errorPage({ api, errors }: ErrorPages, kind: ProblemKind): Html {
  const { code, status, title, help } = kind
  const guide = guideOf(kind)
  const example = errors === undefined ? problemExample(kind) : errors.example(kind)
  return pageShell({
    api,
    name: title,
    root: '../../',
    main: html`<main class="text">
<p class="path"><a href="../errors">Errors</a> / <code>${code}</code></p>
<h1>${title}</h1>
<p class="facts"><span class="status">${status} ${reasonPhrase(status)}</span> <code>${code}</code></p>
${
  guide === undefined
    ? ''
    : html`<h2>What happened</h2>
<p>${guide.cause}</p>`
}
${
  help === undefined
    ? ''
    : html`<h2>What to do</h2>
<p>${help}</p>`
}
${
  example === undefined
    ? ''
    : html`<h2>What a client gets</h2>
<pre><code>${headerLines(guide?.sent?.headers)}${JSON.stringify(example, null, 2)}</code></pre>`
}
</main>`,
  })
}

function headerLines(headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`)
  return lines.length === 0 ? '' : `${lines.join('')}\n`
}
