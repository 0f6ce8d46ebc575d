import { sentValue } from './sent-value.ts'

const style = `body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}
table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;vertical-align:top}
dt{font-weight:600}dd{margin:0 0 .5rem 1rem}`

/** Writes a value as an HTML page for people: objects as definition lists, lists of objects as tables. */
export function htmlPage(value: unknown, title: string): string {
  const name = escapeHtml(title)
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><style>${style}</style></head>
<body><h1>${name}</h1>${shown(value)}</body>
</html>
`
}

function shown(value: unknown): string {
  const sent = sentValue(value)
  if (sent === null || sent === undefined) return '<i>none</i>'
  if (Array.isArray(sent)) return list(sent.map(sentValue))
  if (!isRecord(sent)) return escapeHtml(String(sent))
  const entries = Object.entries(sent).filter(([, each]) => sentValue(each) !== undefined)
  return `<dl>${entries.map(([name, each]) => `<dt>${escapeHtml(name)}</dt><dd>${shown(each)}</dd>`).join('')}</dl>`
}

function list(items: readonly unknown[]): string {
  if (items.length === 0) return '<i>none</i>'
  if (!items.every(isRecord)) return `<ol>${items.map((item) => `<li>${shown(item)}</li>`).join('')}</ol>`
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const head = names.map((name) => `<th>${escapeHtml(name)}</th>`).join('')
  const rows = items.map((item) => `<tr>${names.map((name) => `<td>${shown(item[name])}</td>`).join('')}</tr>`)
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => marks[mark] as string)
}
