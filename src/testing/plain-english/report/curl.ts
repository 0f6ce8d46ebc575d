import type { SentExchange } from '../result.ts'

/** Headers that curl makes by itself. */
const implied: ReadonlySet<string> = new Set(['content-length', 'accept-encoding', 'host', 'connection'])

/** The request as a line for a shell, with `\` where it goes on. */
export function curlOf({ method, url, requestHeaders, requestBody }: SentExchange): string {
  const parts = [
    'curl -i',
    ...(method === 'GET' ? [] : [method === 'HEAD' ? '--head' : `-X ${method}`]),
    ...requestHeaders
      .filter(([name]) => !implied.has(name.toLowerCase()))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(requestBody === undefined ? [] : [`--data-raw ${quoted(requestBody)}`]),
    quoted(url),
  ]
  const line = parts.join(' ')
  return line.length <= 100 && !line.includes('\n') ? line : parts.join(' \\\n  ')
}

function quoted(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
