import type { ReadApi, ReadOperation, ReadSecurityScheme } from '../../openapi/read/read-api.ts'
import { type Extras, noExtras } from './cases/written-request.ts'
import type { Pair } from './values/parameter-text.ts'

/** How a caller comes to an operation. */
export type Caller = 'known' | 'anonymous' | 'wrong'

/** What a request carries for a caller; nothing for a known caller of whom the user has not said enough. */
export type Credentials = (operation: ReadOperation, caller: Caller) => Extras | undefined

/** Whether no caller comes in without credentials. */
export function isGuarded({ security }: ReadOperation): boolean {
  return security.length > 0 && security.every((requirement) => Object.keys(requirement).length > 0)
}

/** Makes the credentials of requests from the values that the user gave by the names of security schemes. */
export function createCredentials(
  { securitySchemes }: Pick<ReadApi, 'securitySchemes'>,
  given: Readonly<Record<string, string>>,
): Credentials {
  const forSchemes = (names: readonly string[], values: (name: string) => string | undefined): Extras | undefined => {
    let extras: Extras | undefined = noExtras
    for (const name of names) {
      const scheme = securitySchemes[name]
      const value = values(name)
      if (scheme === undefined || value === undefined) return undefined
      extras = extras && carrying(extras, scheme, value)
    }
    return extras
  }
  return ({ security }, caller) => {
    if (caller === 'anonymous' || security.length === 0) return noExtras
    const all = security.map((requirement) => Object.keys(requirement))
    if (caller === 'wrong') {
      // One kind is enough: none of these lets anybody in.
      return all
        .map((names) => forSchemes(names, (name) => wrongFor(securitySchemes[name])))
        .find((each) => each !== undefined)
    }
    const [first] = all
      .filter((names) => names.length > 0)
      .map((names) => forSchemes(names, (name) => given[name]))
      .filter((each) => each !== undefined)
    return first ?? (all.some((names) => names.length === 0) ? noExtras : undefined)
  }
}

function wrongFor(scheme: ReadSecurityScheme | undefined): string | undefined {
  if (scheme?.type === 'mutualTLS') return undefined
  return scheme?.scheme === 'basic' ? 'trestle-nobody:trestle-wrong' : 'trestle-wrong-credential'
}

function carrying(extras: Extras, scheme: ReadSecurityScheme, value: string): Extras | undefined {
  const { type, name = '', scheme: kind } = scheme
  if (type === 'apiKey') {
    const pair: Pair = [name, value]
    if (scheme.in === 'query') return { ...extras, query: [...extras.query, pair] }
    if (scheme.in === 'cookie') return { ...extras, cookies: [...extras.cookies, pair] }
    return { ...extras, headers: { ...extras.headers, [name]: value } }
  }
  if (type === 'mutualTLS') return undefined
  const isBasic = type === 'http' && kind === 'basic'
  const shown = isBasic
    ? `Basic ${Buffer.from(value).toString('base64')}`
    : `${type === 'http' && kind !== 'bearer' ? kind : 'Bearer'} ${value}`
  return { ...extras, headers: { ...extras.headers, authorization: shown } }
}
