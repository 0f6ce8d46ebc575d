import { inspect } from 'node:util'
import { reasonOf } from './run/run-fault.ts'

/** The values that no report may show. */
export interface Secrets {
  /** Keeps a value out of all reports, in the forms that it is sent in too. */
  readonly hide: (value: string) => void
  /** The text with the values that are hidden as `***`, and nothing else changed. */
  readonly cover: (text: string) => string
  /** The text with all secret values, and what stands under well-known names, as `***`. */
  readonly mask: (text: string) => string
  /** The same for a value of any depth. */
  readonly maskValue: (value: unknown) => unknown
}

const cover = '***'

/** Names of members, parameters and variables whose values nobody else should see. */
const telling =
  /(?:pass(?:word|wd|phrase)|secret(?:[-_]?key)?|token|api[-_]?key|private[-_]?key|credentials?|session[-_]?id)$/i

/** Headers whose values prove who somebody is. */
const provingHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
])

/** Shorter values are words and numbers that stand everywhere: a report without them could not be read. */
const shortest = 4

/** Whether something with this name holds a secret. */
export function isTelling(name: string): boolean {
  return telling.test(name)
}

/** Whether a header of this name holds a secret. */
export function isProvingHeader(name: string): boolean {
  return provingHeaders.has(name.toLowerCase()) || isTelling(name)
}

/** Secrets, to begin with those given. */
export function secretsOf(values: readonly string[] = []): Secrets {
  const forms = new Set<string>()
  let longestFirst: readonly string[] = []
  const hide = (value: string): void => {
    if (value.length < shortest) return
    for (const form of formsOf(value)) forms.add(form)
    longestFirst = [...forms].sort((one, other) => other.length - one.length)
  }
  for (const value of values) hide(value)
  const covered = (text: string): string => longestFirst.reduce((rest, form) => rest.replaceAll(form, cover), text)
  const mask = (text: string): string => maskMembers(covered(text))
  const masked = (value: unknown, around: readonly object[]): unknown => {
    if (typeof value === 'string') return mask(value)
    if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
    if (around.includes(value)) return '[circular]'
    const within = [...around, value]
    if (Array.isArray(value)) return value.map((each) => masked(each, within))
    // Dates and others that have a form of their own in JSON; `Map` and its like show nothing as members.
    if ('toJSON' in value && typeof value.toJSON === 'function') return masked(value.toJSON(), within)
    const members = Object.entries(value)
    if (members.length === 0 && !isPlain(value)) return mask(inspect(value))
    return Object.fromEntries(
      members.map(([name, member]) => [
        name,
        isTelling(name) && typeof member === 'string' && member !== '' ? cover : masked(member, within),
      ]),
    )
  }
  const maskValue = (value: unknown): unknown => {
    try {
      return masked(value, [])
    } catch (error) {
      return `[cannot be shown: ${reasonOf(error)}]`
    }
  }
  return { hide, cover: covered, mask, maskValue }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A value as it is, as it stands in JSON, URLs and markup, and in Base64. */
function formsOf(value: string): readonly string[] {
  const encoded = encodeURIComponent(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encoded,
    encoded.replaceAll('%20', '+'),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    Buffer.from(value).toString('base64'),
  ]
}

/** Values under telling names, in JSON and in forms and queries, whatever they are. */
function maskMembers(text: string): string {
  return text
    .replaceAll(/"([^"\\]{1,80})"(\s*:\s*)"(?:[^"\\]|\\.)+"/g, (all, name: string, colon: string) =>
      isTelling(name) ? `"${name}"${colon}"${cover}"` : all,
    )
    .replaceAll(/(?<=^|[?&\s'"])([\w.-]{1,80})=([^&\s'"]+)/g, (all, name: string) =>
      isTelling(name) ? `${name}=${cover}` : all,
    )
}
