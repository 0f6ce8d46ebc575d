import { parse } from 'yaml'
import { DocumentError } from './document-error.ts'

/** The data in the text of a document, which is JSON or YAML; `place` is named in errors. */
export function parseDocument(text: string, place: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.trim() === '') throw new DocumentError(`The API description ${place} is empty.`, '#')
  if (/^\s*</.test(plain)) {
    throw new DocumentError(`${place} is a page, not an API description: give the address of its JSON or YAML.`, '#')
  }
  try {
    // JSON is YAML too, but its own reader is many times as fast.
    return /^\s*[{[]/.test(plain) ? asJson(plain) : parse(plain, { maxAliasCount: 10_000 })
  } catch (cause) {
    const [why = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    const message = `The API description ${place} is neither JSON nor YAML: ${why.replace(/[.:]$/, '')}.`
    throw Object.assign(new DocumentError(message, '#'), { cause })
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // YAML may begin with a brace, and have comments.
    try {
      return parse(text)
    } catch {
      throw error
    }
  }
}
