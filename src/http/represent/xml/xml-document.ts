import { problem } from '../../../kernel/problem.ts'
import { deepestNesting } from '../../input/json-body.ts'
import type { XmlElement } from './xml-element.ts'
import { decodeReferences, illegal, localName, xmlFault } from './xml-text.ts'

/** So many elements and attributes may be in a document: each takes a hundred times the memory that it has as text. */
const mostNodes = 250_000

// A name that is longer could be more than a regular expression can take.
const nameForm = '[\\p{L}_:][\\p{L}\\p{M}\\p{N}_:.\\-\\u00b7]{0,999}'
const openTag = new RegExp(`<(${nameForm})`, 'uy')
const closeTag = new RegExp(`</(${nameForm})\\s*>`, 'uy')
const attribute = new RegExp(`\\s+(${nameForm})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy')
const tagEnd = /\s*(\/?)>/y
const declaration = /^<\?xml\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')[^<>]*\?>/
const instruction = /<\?(?!xml[\s?])/iy

/**
 * Reads an XML 1.0 document, strictly, without any DTD: a document type declaration is refused, so that there are no
 * entities but the five that XML has, and nothing outside the document is ever looked at.
 *
 * @throws Problem `malformed_body` for what is not well-formed, has a DOCTYPE or more than 250,000 elements and
 *   attributes; `nesting_too_deep` beyond `deepest` levels.
 */
export function readXml(source: string, deepest: number = deepestNesting): XmlElement {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  const bad = text.search(illegal)
  if (bad !== -1) throw xmlFault(text, bad, 'a character that XML does not have')
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let nodes = 0
  let at = declaration.exec(text)?.[0].length ?? 0

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) at = pattern.lastIndex
    return found
  }
  const count = (): void => {
    if (++nodes > mostNodes) {
      throw problem('malformed_body', `The body may hold ${mostNodes} elements and attributes`)
    }
  }
  const addText = (content: string, start: number): void => {
    const parent = open.at(-1)
    if (parent !== undefined) parent.text += content
    else if (content.trim() !== '') throw xmlFault(text, start, 'text outside the root element')
  }

  while (at < text.length) {
    const start = at
    if (text[at] !== '<') {
      const next = text.indexOf('<', at)
      at = next === -1 ? text.length : next
      const raw = text.slice(start, at)
      if (raw.includes(']]>')) throw xmlFault(text, start, "']]>' in a text")
      addText(raw.includes('&') ? decodeReferences(raw, text, start) : raw, start)
    } else if (text.startsWith('</', at)) {
      const name = take(closeTag)?.[1]
      if (name === undefined || open.at(-1)?.name !== localName(name)) throw xmlFault(text, start, 'a wrong end tag')
      open.pop()
    } else if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at)
      if (end === -1 || open.length === 0) throw xmlFault(text, start, 'a CDATA section out of place')
      addText(text.slice(at + 9, end), start)
      at = end + 3
    } else if (text.startsWith('<!DOCTYPE', at)) {
      throw xmlFault(text, start, 'a DOCTYPE, which is not allowed')
    } else if (text.startsWith('<!', at) || text.startsWith('<?', at)) {
      const end = text.startsWith('<!--', at) ? commentEnd(text, at) : take(instruction) && text.indexOf('?>', at) + 2
      if (end === null || end < at) throw xmlFault(text, start, 'malformed markup')
      at = end
    } else {
      const name = take(openTag)?.[1]
      if (name === undefined) throw xmlFault(text, start, 'a malformed tag')
      if (open.length === 0 && root !== undefined) throw xmlFault(text, start, 'a second root element')
      if (open.length >= deepest) {
        throw problem('nesting_too_deep', `The body may nest elements ${deepest} levels deep`)
      }
      count()
      const attributes = new Map<string, string>()
      for (let found = take(attribute); found !== null; found = take(attribute)) {
        const [, key = '', quoted, single = ''] = found
        const raw = (quoted ?? single).replace(/[\t\n]/g, ' ')
        count()
        if (attributes.has(key)) throw xmlFault(text, start, `the attribute ${key} twice`)
        attributes.set(key, raw.includes('&') ? decodeReferences(raw, text, start) : raw)
      }
      const end = take(tagEnd)
      if (end === null) throw xmlFault(text, at, 'a malformed tag')
      const element: XmlElement = { name: localName(name), attributes, children: [], text: '' }
      open.at(-1)?.children.push(element)
      root ??= element
      if (end[1] === '') open.push(element)
    }
  }
  if (root === undefined || open.length > 0) throw xmlFault(text, text.length, 'an end that comes too early')
  return root
}

/** Where a comment ends, which has no two hyphens in it but the last ones (XML 1.0, 2.5); -1 when it does not. */
function commentEnd(text: string, at: number): number {
  const end = text.indexOf('--', at + 4)
  return end !== -1 && text[end + 2] === '>' ? end + 3 : -1
}
