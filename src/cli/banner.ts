import { styleText } from 'node:util'
import type { Served } from '../platform/served.ts'
import { version } from './version.ts'

/** What a person sees first: what is served where, and a command to try it; `milliseconds` is how long the start took. */
export function banner(
  { title, version: api, url, docs, services, channels, tryIt }: Served,
  milliseconds: number,
): string {
  const [page, ...pages] = docs
  const width = `${url}${page ?? ''}`.length
  const row = (name: string, address: string, note: string): string =>
    `  ${name.padEnd(9)}  ${styleText('cyan', address.padEnd(width))}     ${styleText('dim', note)}`
  const lines = [
    `  ${styleText('bold', `Trestle ${version}`)}   ${title} ${api}   ${styleText('dim', `ready in ${Math.round(milliseconds)} ms`)}`,
    '',
    row('API', url, `${count(services, 'service')}, ${count(channels, 'channel')}`),
    ...(page === undefined ? [] : [row('Docs', `${url}${page}`, pages.join('   '))]),
    ...(tryIt === undefined ? [] : ['', `  Try it     ${tryIt}`]),
  ]
  return `\n${lines.join('\n')}\n\n`
}

/** The same for a machine, in one sentence. */
export function announcement({ title, version: api, url }: Served): string {
  return `Trestle ${version} serves ${title} ${api} at ${url}`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
