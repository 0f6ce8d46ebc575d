import { type Problem, problem } from '../../kernel/problem.ts'

/** What the header of a part says (RFC 7578, 4.2 to 4.4). */
export interface PartHeader {
  /** The name of the form's field. */
  readonly name: string
  /** The name of the file, as the client gave it, without a path; undefined for a part that is no file. */
  readonly fileName: string | undefined
  /** The media type; `text/plain` where nothing is said. */
  readonly type: string
}

const field = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:[ \t]*(.*)$/
const parameter = /;[ \t]*([\w!#$%&'+.^`|~-]+\*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))[ \t]*/y
const extended = /^([\w-]+)'[\w-]*'(.*)$/

/**
 * Reads the header of a part; `text` has a character for each byte.
 *
 * @throws Problem `malformed_body` for a header that is none, names nothing or names something twice.
 */
export function readPartHeader(text: string): PartHeader {
  const fields = fieldsOf(text)
  const disposition = fields.get('content-disposition')
  if (disposition === undefined) throw malformed('it has no Content-Disposition')
  if ((fields.get('content-transfer-encoding') ?? 'binary').search(/^(?:7bit|8bit|binary)$/i) === -1) {
    // Deprecated by RFC 7578, 4.7.
    throw malformed('it has a Content-Transfer-Encoding; send it as it is')
  }
  const parameters = parametersOf(disposition)
  const name = parameters.get('name')
  if (name === undefined) throw malformed('its Content-Disposition names no field')
  const given = fileNameOf(parameters)
  return {
    name: percentText(utf8(name)),
    fileName: given === undefined ? undefined : withoutPath(given),
    type: fields.get('content-type')?.trim() || 'text/plain',
  }
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  // A line that begins with a blank goes on with the one before it.
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue
    const [, name, value] = field.exec(line) ?? []
    if (name === undefined || value === undefined || /[\r\n\0]/.test(value))
      throw malformed('it has a line that is none')
    const key = name.toLowerCase()
    if (fields.has(key)) throw malformed(`${name} comes twice`)
    fields.set(key, value)
  }
  return fields
}

function parametersOf(disposition: string): ReadonlyMap<string, string> {
  if (!/^form-data[ \t]*(?:;|$)/i.test(disposition)) throw malformed('its Content-Disposition is not form-data')
  const parameters = new Map<string, string>()
  const end = disposition.trimEnd().replace(/;$/, '').length
  for (let at = disposition.indexOf(';'); at !== -1 && at < end; at = parameter.lastIndex) {
    parameter.lastIndex = at
    const [, name, quoted, plain = ''] = parameter.exec(disposition) ?? []
    if (name === undefined) throw malformed('its Content-Disposition cannot be read')
    const key = name.toLowerCase()
    if (parameters.has(key)) throw malformed(`its Content-Disposition gives ${key} twice`)
    // Browsers escape quotes by percent only, and old ones send the backslashes of a path as they are.
    parameters.set(key, quoted?.replace(/\\(["\\])/g, '$1') ?? plain)
  }
  return parameters
}

/** The name in its extended form (RFC 8187) is the better one. */
function fileNameOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const [, charset, coded] = extended.exec(parameters.get('filename*') ?? '') ?? []
  if (coded !== undefined && /^(?:utf-8|iso-8859-1)$/i.test(charset ?? '')) {
    const bytes = coded.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return charset?.toLowerCase() === 'utf-8' ? utf8(bytes) : bytes
  }
  const plain = parameters.get('filename')
  return plain === undefined ? undefined : percentText(utf8(plain))
}

/** What browsers escape in names, and nothing else (HTML, multipart/form-data encoding algorithm). */
function percentText(text: string): string {
  return text.replace(/%(22|0D|0A)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The last part of a path of any system, with nothing in it that could not be in a name. */
function withoutPath(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const shown = last.replace(/[\u0000-\u001f\u007f]/g, '').trim()
  return shown === '.' || shown === '..' ? '' : shown
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Text whose bytes are UTF-8; names in other charsets are left as they are, a character for each byte. */
function utf8(bytes: string): string {
  try {
    return decoder.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return bytes
  }
}

function malformed(why: string): Problem {
  return problem('malformed_body', `The body is not valid multipart/form-data: a part cannot be read: ${why}`)
}
