import { nearest } from '../../kernel/nearest.ts'
import { jsonText } from './values/json-text.ts'

/** Where the values come from that features refer to. */
export interface Variables {
  /** `$NAME`: the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** `@name`: the file of variables and the command line. */
  readonly settings: Readonly<Record<string, unknown>>
  /** `#name`: what steps have stored. */
  readonly stored: Map<string, unknown>
}

type Sign = '$' | '@' | '#'

interface Source {
  readonly names: (variables: Variables) => readonly string[]
  readonly valueOf: (variables: Variables, name: string) => unknown
  /** Whether a text of its own that nothing is known under was surely meant as a name. */
  readonly isName: (text: string) => boolean
  readonly missing: (name: string) => string
  readonly mend: (name: string) => string
}

const anyName = /^[A-Za-z_][\w-]*([./][^\s./]+)*$/

const sources: Readonly<Record<Sign, Source>> = {
  $: {
    names: ({ environment }) => Object.keys(environment),
    valueOf: ({ environment }, name) => (Object.hasOwn(environment, name) ? environment[name] : undefined),
    // Written small, it is more likely the name of a keyword, as in `$ref`.
    isName: (text) => /^[A-Z_][A-Z0-9_]*$/.test(text),
    missing: (name) => `The environment has no ${name}`,
    mend: () => 'set it',
  },
  '@': {
    names: ({ settings }) => Object.keys(settings),
    valueOf: ({ settings }, name) => (Object.hasOwn(settings, name) ? settings[name] : undefined),
    isName: (text) => anyName.test(text),
    missing: (name) => `No variable '${name}' is given`,
    mend: (name) => `pass --var ${name}=<value>`,
  },
  '#': {
    names: ({ stored }) => [...stored.keys()],
    valueOf: ({ stored }, name) => stored.get(name),
    isName: (text) => anyName.test(text),
    missing: (name) => `Nothing is stored under '${name}'`,
    mend: () => 'store it in a step before',
  },
}

/** Braces leave no doubt, so that a name inside them may have spaces. */
const inlineName = /^[A-Za-z_][\w ./-]*$/
const inline = /(\\?)([$@#])\{([^{}]*)\}/g

/**
 * What a text stands for. `$NAME`, `@name` and `#name` alone give the value with its type; `${NAME}`, `@{name}` and
 * `#{name}` inside a text give its text. Members of what is stored are named with dots or slashes (`#order.lines.0`), and
 * `#{name:-text}` has a default. A backslash in front of a reference takes it as it is; what only looks alike, such as
 * `$100`, `#1` or `$ref`, is text.
 *
 * @throws Error for a name that nothing is known under
 */
export function filledIn(text: string, variables: Variables): unknown {
  if (/^vault:[^\s"]+$/.test(text))
    throw new Error(
      `"${text}" cannot be read, since there is no vault: put the secret into the environment and write "$NAME", or write "\\${text}" if the text itself is meant`,
    )
  const whole = wholeReference(text, variables)
  if (whole !== undefined) return whole.value
  const rest = /^\\(?:[$@#][\w]|vault:)/.test(text) ? text.slice(1) : text
  return filledInline(rest, variables)
}

/** A text with only its `${NAME}`, `@{name}` and `#{name}` filled in, each as `written` says: as its text if nothing does. */
export function filledInline(
  text: string,
  variables: Variables,
  written: (value: unknown, at: number) => string = textOf,
): string {
  return text.replaceAll(inline, (all, backslash: string, sign: Sign, inner: string, at: number) => {
    if (backslash !== '') return all.slice(1)
    const [, name = '', fallback] = /^(.*?)(?::-(.*))?$/s.exec(inner) ?? []
    const found = lookUp(sign, name, variables)
    if (found !== undefined) return written(found.value, at)
    if (fallback !== undefined && inlineName.test(name)) return written(fallback, at)
    if (inlineName.test(name)) throw unknown(sign, name, `\\${sign}{${inner}}`, variables)
    return all
  })
}

/**
 * The text of a JSON document with its `${NAME}`, `@{name}` and `#{name}` filled in: inside a JSON string escaped, elsewhere
 * as JSON, but a text as it is, so that `{"n": #{n}}` may take a number that was stored as text.
 */
export function filledInJson(text: string, variables: Variables): string {
  const isInString = stringPlaces(text)
  return filledInline(text, variables, (value, at) => {
    const filled = textOf(value)
    return isInString(at) ? JSON.stringify(filled).slice(1, -1) : filled
  })
}

/**
 * A statement of SQL with its `${NAME}`, `@{name}` and `#{name}` filled in, so that no value can become SQL: between single
 * quotes any text, elsewhere numbers, names and nothing else.
 *
 * @throws Error for another value outside of quotes
 */
export function filledInSql(text: string, variables: Variables): string {
  const whole = wholeReference(text, variables)
  if (whole !== undefined) return textOf(whole.value)
  const isInString = stringPlaces(text, "'")
  return filledInline(text, variables, (value, at) => {
    const filled = textOf(value)
    if (isInString(at)) return filled.replaceAll("'", "''")
    if (/^[\w.+-]*$/.test(filled) && !filled.includes('--')) return filled
    const [reference] = /^[^}]*\}/.exec(text.slice(at)) ?? []
    throw new Error(
      `${reference} is ${JSON.stringify(filled)}, which is neither a number nor a name in SQL: put it in quotes, as in '${reference}'`,
    )
  })
}

/** The value of a text that is nothing but one reference; undefined when it is no reference. */
export function wholeReference(text: string, variables: Variables): { readonly value: unknown } | undefined {
  const sign = text[0]
  if (sign !== '$' && sign !== '@' && sign !== '#') return undefined
  const name = text.slice(1)
  if (name === '') return undefined
  const found = lookUp(sign, name, variables)
  if (found === undefined && sources[sign].isName(name)) throw unknown(sign, name, `\\${text}`, variables)
  return found
}

/** A value as text: JSON for what is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (jsonText(value) ?? String(value))
}

/** Finds the value of a name as it is, or a member of the value whose name the text begins with. */
function lookUp(sign: Sign, text: string, variables: Variables): { readonly value: unknown } | undefined {
  const source = sources[sign]
  const value = source.valueOf(variables, text)
  if (value !== undefined) return { value }
  for (let end = text.length - 1; end > 0; end -= 1) {
    const separator = text[end]
    if (separator !== '.' && separator !== '/') continue
    const owner = text.slice(0, end)
    const outer = source.valueOf(variables, owner)
    if (outer !== undefined) return { value: memberOf(outer, text.slice(end + 1), `${sign}${owner}`) }
  }
  return undefined
}

function memberOf(outer: unknown, path: string, owner: string): unknown {
  let value = outer
  let name = owner
  for (const part of path.split(/[./]/)) {
    if (typeof value !== 'object' || value === null)
      throw new Error(`'${name}' is ${textOf(value)}, which has no '${part}'`)
    if (!Object.hasOwn(value, part) || (Array.isArray(value) && part === 'length')) {
      const has = Array.isArray(value) ? `${value.length} items` : listed(Object.keys(value))
      throw new Error(`'${name}' has no '${part}': it has ${has}`)
    }
    value = (value as Readonly<Record<string, unknown>>)[part]
    name = `${name}/${part}`
  }
  return value
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'no members'
  return names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')
}

function unknown(sign: Sign, name: string, escaped: string, variables: Variables): Error {
  const { names, missing, mend } = sources[sign]
  const near = nearest(name, names(variables))
  const meant = near === undefined ? '' : `write ${sign}${near} if that is meant, `
  return new Error(`${missing(name)}: ${meant}${mend(name)}, or write ${escaped} if the text itself is meant`)
}

/** Tells of each place of a text whether a string of it goes on there; JSON escapes by backslashes. */
function stringPlaces(text: string, quote: '"' | "'" = '"'): (at: number) => boolean {
  const quotes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\' && quotes.length % 2 === 1) at += 1
    else if (text[at] === quote) quotes.push(at)
  }
  return (at) => quotes.filter((quote) => quote < at).length % 2 === 1
}
