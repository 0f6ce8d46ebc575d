import { DOMParser, type Document, ParseError, XMLSerializer } from '@xmldom/xmldom'
import { Expectation } from '../expectation.ts'

/**
 * Reads XML. Entities of an own document type are refused, and nothing outside the text is ever loaded.
 *
 * @throws Expectation with the line where it is not well formed
 */
export function parseXml(text: string, what: string): Document {
  const fault = htmlFault(text) ?? entityFault(text) ?? ampersandFault(text)
  if (fault !== undefined) throw new Expectation(`${what} is no XML that can be read: ${fault}`)
  let said = ''
  const parser = new DOMParser({
    onError: (_, message) => {
      said = message
      throw new Error(message)
    },
  })
  try {
    return parser.parseFromString(text.trimStart(), 'text/xml')
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new Expectation(`${what} is no XML that can be read: ${reasonOf(error, said)}`)
  }
}

/** The text of a document. */
export function xmlText(document: Document): string {
  return new XMLSerializer().serializeToString(document)
}

function reasonOf({ message, locator }: ParseError, said: string): string {
  const line: unknown = locator?.lineNumber
  const reason = said || message
  return typeof line === 'number' && line > 0 ? `${reason}, at line ${line}` : reason
}

/** Its elements need no ends, and its names no case: what reads XML gets lost in it. */
function htmlFault(text: string): string | undefined {
  const isHtml = /^\s*(?:<!doctype\s+html\s*>|<html(?![^>]*xmlns))/i.test(text)
  return isHtml ? `it is HTML; look for texts in it with 'the response contains "…"'` : undefined
}

/** The parser leaves entities as they are; whoever sends them wants them read, so say that this is not done. */
function entityFault(text: string): string | undefined {
  return /<!DOCTYPE[^>]*\[[^\]]*<!ENTITY/i.test(text) ? 'it declares entities, which are never expanded' : undefined
}

/** The parser lets pass an `&` that begins no entity, and does not know the line of an unknown one. */
function ampersandFault(text: string): string | undefined {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, ' ')
  const visible = text.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*>/g, blank)
  const found = /&(?!#\d+;|#x[\da-f]+;|(?:amp|lt|gt|quot|apos);)([A-Za-z_][\w.-]*;)?/i.exec(visible)
  if (found === null) return undefined
  const line = visible.slice(0, found.index).split('\n').length
  const [all, name] = found
  return name === undefined
    ? `an '&' begins no entity, at line ${line}: write &amp;`
    : `there is no entity '${all}', at line ${line}`
}
