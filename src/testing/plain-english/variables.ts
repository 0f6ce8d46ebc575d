/** Where the values come from that features refer to. */
export interface Variables {
  /** `$NAME`: the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** `@name`: the file of variables and the command line. */
  readonly settings: Readonly<Record<string, unknown>>
  /** `#name`: what steps have stored. */
  readonly stored: Map<string, unknown>
}

interface Source {
  readonly valueOf: (variables: Variables, name: string) => unknown
  readonly missing: (name: string) => string
}

const sources: Readonly<Record<string, Source>> = {
  $: {
    valueOf: ({ environment }, name) => environment[name],
    missing: (name) => `The environment has no ${name}: set it, or write \\$${name} if the text itself is meant`,
  },
  '@': {
    valueOf: ({ settings }, name) => settings[name],
    missing: (name) =>
      `No variable '${name}' is given: pass --var ${name}=<value>, or write \\@${name} if the text itself is meant`,
  },
  '#': {
    valueOf: ({ stored }, name) => stored.get(name),
    missing: (name) =>
      `Nothing is stored under '${name}': store it in a step before, or write \\#${name} if the text itself is meant`,
  },
}

/**
 * What a text stands for: `$NAME`, `@name` and `#name` alone give the value with its type, `${NAME}`, `@{name}` and
 * `#{name}` inside a longer text its text; a backslash in front takes the sign as it is.
 *
 * @throws Error for a name that nothing is known under
 */
export function filledIn(text: string, variables: Variables): unknown {
  const [, sign = '', name = ''] = /^([$@#])([A-Za-z_][\w.-]*)$/.exec(text) ?? []
  if (sign !== '') return lookUp(sign, name, variables)
  return text.replaceAll(/\\([$@#])|([$@#])\{([^{}]+)\}/g, (_, escaped?: string, mark?: string, inner?: string) =>
    escaped !== undefined ? escaped : textOf(lookUp(mark ?? '', inner ?? '', variables)),
  )
}

/** A value as text: JSON for what is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

function lookUp(sign: string, name: string, variables: Variables): unknown {
  const source = sources[sign]
  const value = source?.valueOf(variables, name)
  if (value === undefined) throw new Error(source?.missing(name) ?? `'${sign}' starts no reference`)
  return value
}
