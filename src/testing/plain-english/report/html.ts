import {
  type FeatureResult,
  isSuccess,
  type RunResult,
  type ScenarioResult,
  type SentExchange,
  type Status,
  type StepResult,
} from '../result.ts'
import { counted, countsOf, featureStatus, flakyCount, isFlaky, scenariosOf, spelledDuration } from './counts.ts'
import { curlOf } from './curl.ts'
import { difference, shown } from './difference.ts'
import { style } from './html-style.ts'
import { escaped } from './markup.ts'
import type { MakeReporter, ReportOutput } from './reporter.ts'
import { faultLines, named, titleOf } from './summary.ts'

/** One page that needs nothing else: no script, no font, no request. */
export const html: MakeReporter = (output) => ({
  end: (run) => output.write(page(run, output)),
})

function page(run: RunResult, output: ReportOutput): string {
  const scenarios = scenariosOf(run).map(({ status }) => status)
  const verdict = run.ok ? 'passed' : 'failed'
  const title = `${run.ok ? 'All passed' : 'Not all passed'}: ${counted('scenario', scenarios)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<input type="radio" name="show" id="show-all"${run.ok ? ' checked' : ''}>
<input type="radio" name="show" id="show-failed"${run.ok ? '' : ' checked'}>
<header class="${verdict}">
<h1>${run.ok ? 'All passed' : 'Not all passed'}</h1>
<p>${escaped(counted('feature', run.features.map(featureStatus)))} · ${escaped(counted('scenario', scenarios) + flakyCount(scenariosOf(run)))} · ${spelledDuration(run.duration)} · ${run.started.toISOString().slice(0, 19).replace('T', ' ')} UTC${run.cut ? ' · ended before all had run' : ''}</p>
${bar(scenarios)}
<nav><label for="show-all">All</label> <label for="show-failed">Failed only</label></nav>
</header>
<main>
${run.features.map((each) => featureSection(each, output)).join('\n')}
${run.features.length === 0 ? '<p class="none">No feature was run.</p>' : ''}
</main>
</body>
</html>
`
}

function bar(statuses: readonly Status[]): string {
  const parts = Object.entries(countsOf(statuses)).map(
    ([status, count]) => `<span class="${status}" style="flex-grow:${count}" title="${count} ${status}"></span>`,
  )
  return `<div class="bar" role="img" aria-label="${escaped(counted('scenario', statuses))}">${parts.join('')}</div>`
}

function featureSection(result: FeatureResult, output: ReportOutput): string {
  const { feature, scenarios, duration } = result
  const faults = faultLines(feature, output).map((line) => `<p class="fault">${escaped(line)}</p>`)
  const name = feature.name === '' ? named(feature.uri, output) : feature.name
  return `<section class="${featureStatus(result)}">
<h2>${escaped(name)} <small>${escaped(named(feature.uri, output))} · ${spelledDuration(duration)}</small></h2>
${feature.description === '' ? '' : `<p class="description">${escaped(feature.description)}</p>`}
${faults.join('\n')}
${scenarios.map(scenarioDetails).join('\n')}
</section>`
}

function scenarioDetails(result: ScenarioResult): string {
  const { scenario, steps, status, duration, reason, exchange } = result
  const tags = scenario.tags.map((tag) => `<span class="tag">${escaped(tag)}</span>`).join(' ')
  const how = isFlaky(result) ? 'flaky' : reason === undefined ? status : `${status}: ${reason}`
  return `<details class="${isFlaky(result) ? 'flaky' : status}"${isSuccess(status) ? '' : ' open'}>
<summary>${escaped(titleOf(scenario))} <small>line ${scenario.line} · ${escaped(how)} · ${spelledDuration(duration)}</small> ${tags}</summary>
<ol>
${steps.map(stepItem).join('\n')}
</ol>
${exchange === undefined ? '' : exchangeBlock(exchange)}
</details>`
}

function stepItem(result: StepResult): string {
  const { step, status, failure, snippet, notes } = result
  return `<li class="${status}"><span class="keyword">${escaped(step.keyword)}</span> ${sentence(result)}
${step.docString === undefined ? '' : `<pre>${escaped(step.docString.content)}</pre>`}
${step.table === undefined ? '' : tableOf(step.table)}
${failure === undefined ? '' : `<p class="message">${escaped(failure.message)}</p>`}
${failure?.values === undefined ? '' : valuesBlock(failure.values)}
${failure?.stack === undefined ? '' : `<details><summary>Stack</summary><pre>${escaped(failure.stack)}</pre></details>`}
${snippet === undefined ? '' : `<p class="message">No step has this phrase. A ready one:</p><pre>${escaped(snippet)}</pre>`}
${notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('\n')}
</li>`.replaceAll(/\n{2,}/g, '\n')
}

/** The sentence, with its values set off where masking has left them in place. */
function sentence({ step, match }: StepResult): string {
  const values = [...(match?.values ?? [])].sort((one, other) => one.start - other.start)
  let at = 0
  let text = ''
  for (const { start, end } of values) {
    text += `${escaped(step.text.slice(at, start))}<b>${escaped(step.text.slice(start, end))}</b>`
    at = end
  }
  return text + escaped(step.text.slice(at))
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => row.map((cell) => `<td>${escaped(cell)}</td>`).join('')
  return `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`
}

function valuesBlock({ expected, found }: { readonly expected: unknown; readonly found: unknown }): string {
  const lines = difference(expected, found)
  if (lines.length === 0) {
    return `<dl><dt>Expected</dt><dd>${escaped(shown(expected))}</dd><dt>Found</dt><dd>${escaped(shown(found))}</dd></dl>`
  }
  const names = { '-': 'expected', '+': 'found', ' ': 'same' } as const
  const painted = lines.map(({ sign, text }) => `<span class="${names[sign]}">${sign} ${escaped(text)}</span>`)
  return `<pre class="difference">${painted.join('\n')}</pre>`
}

function exchangeBlock(exchange: SentExchange): string {
  const { status, headers, body, milliseconds, cid } = exchange
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  const outcome = status === undefined ? 'no reply' : `${status} after ${spelledDuration(milliseconds)}`
  return `<details class="exchange"><summary>Request and response <small>${outcome}${cid === undefined ? '' : ` · cid ${escaped(cid)}`}</small></summary>
<pre>${escaped(curlOf(exchange))}</pre>
<pre>${escaped([head, body].filter((part) => part !== '').join('\n\n'))}</pre>
</details>`
}
