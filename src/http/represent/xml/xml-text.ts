import { type Problem, problem } from '../../../kernel/problem.ts'

/** What is no character of XML 1.0 (2.2): most controls, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const illegal: RegExp = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

/** A name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The refusal of a document that is not well-formed, with the place where reading stopped. */
export function xmlFault(text: string, at: number, what: string): Problem {
  const before = text.slice(0, at)
  const place = `line ${before.split('\n').length}, column ${at - before.lastIndexOf('\n')}`
  return problem('malformed_body', `The body is not valid XML: ${what}, ${place}`)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with its references to characters and to the five entities of XML put in. */
export function decodeReferences(raw: string, document: string, start: number): string {
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&/g,
    (found, hex, digits, name) => {
      if (name !== undefined) return entities[name] as string
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(digits)
      if (found === '&' || !isCharacter(code)) throw xmlFault(document, start, 'a reference to something unknown')
      return String.fromCodePoint(code)
    },
  )
}

function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}

const illegals = new RegExp(illegal, 'gu')
const special = /[&<>"\r\t\n]/

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\t': '&#9;',
  '\n': '&#10;',
}

/** Text as it stands in an element, without the characters that XML 1.0 does not have (2.2). */
export function elementText(text: string): string {
  const legal = text.replace(illegals, '')
  return special.test(legal) ? legal.replace(/[&<>\r]/g, (mark) => escapes[mark] as string) : legal
}

/** Text as it stands between the quotation marks of an attribute, blanks and all. */
export function attributeText(text: string): string {
  const legal = text.replace(illegals, '')
  return special.test(legal) ? legal.replace(/[&<>"\r\t\n]/g, (mark) => escapes[mark] as string) : legal
}

const nameStart = /^[\p{L}_]/u
const inName = /[\p{L}\p{M}\p{N}.\-\u00b7]/u

/**
 * A name of a member as the name of an element: what XML does not allow in one is written as `_xHHHH_`, its code
 * point, and so is an underscore that could be taken for the beginning of that.
 */
export function elementName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) && !name.includes('_x')) return name
  if (name === '') return '_x_'
  return Array.from(name, (mark, index) => {
    const allowed = index === 0 ? nameStart.test(mark) : mark === '_' || inName.test(mark)
    const confusing = mark === '_' && Array.from(name)[index + 1] === 'x'
    return allowed && !confusing ? mark : `_x${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`
  }).join('')
}

/** The name of a member that an element name stands for. */
export function memberName(name: string): string {
  if (!name.includes('_x')) return name
  if (name === '_x_') return ''
  return name.replace(/_x([0-9A-F]{4,6})_/g, (found, hex) => {
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : found
  })
}
