/** A media type or media range, such as `text/plain; charset=utf-8`; type and parameter names are in lower case. */
export interface MediaType {
  /** Without parameters: `text/plain`. */
  readonly essence: string
  readonly parameters: Readonly<Record<string, string>>
}

const essenceForm = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/
const parameterForm = /;\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)))?/g
const noParameters: Readonly<Record<string, string>> = Object.freeze({})

/** Reads a media type (RFC 9110, 8.3.1); undefined when it is none. Parameters that are malformed are left out. */
export function parseMediaType(text: string): MediaType | undefined {
  const mark = text.indexOf(';')
  const essence = (mark === -1 ? text : text.slice(0, mark)).trim().toLowerCase()
  if (!essenceForm.test(essence)) return undefined
  if (mark === -1) return { essence, parameters: noParameters }
  const parameters: Record<string, string> = Object.create(null)
  for (const [, name, quoted, plain] of text.slice(mark).matchAll(parameterForm)) {
    const key = name?.toLowerCase()
    if (key !== undefined) parameters[key] ??= quoted?.replace(/\\(.)/g, '$1') ?? plain ?? ''
  }
  return { essence, parameters }
}

/** The structured syntax of a media type: `json` for `application/json` and `application/problem+json` (RFC 6839). */
export function syntaxOf(essence: string): string {
  const subtype = essence.slice(essence.indexOf('/') + 1)
  return subtype.slice(subtype.lastIndexOf('+') + 1)
}
