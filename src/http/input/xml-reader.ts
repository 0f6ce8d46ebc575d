import { charsetName, decodeText, textCharsets } from '../represent/charset.ts'
import { readXml } from '../represent/xml/xml-document.ts'
import { xmlFault } from '../represent/xml/xml-text.ts'
import { xmlReader as valueReader } from '../represent/xml/xml-value.ts'
import type { BodyReader } from './body-reader.ts'

/** Reads XML documents by the model of the input; see `represent/xml/`. */
export const xmlReader: BodyReader = {
  name: 'xml',
  types: ['application/xml', 'text/xml'],
  suffix: 'xml',
  charsets: textCharsets,
  compile: ({ input }, _, deepest) => {
    const toValue = valueReader(input?.json ?? {})
    return (_, { bytes, charset, type }) => {
      const used = type.parameters.charset === undefined ? declaredCharset(bytes) : charset
      return toValue(readXml(decodeText(bytes, used), deepest))
    }
  },
}

/** What a document says of its charset by itself: a byte order mark, else its declaration, else UTF-8 (RFC 7303, 3). */
function declaredCharset(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes
  if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)) return 'utf-16'
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const name = charsetName(
    /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8',
  )
  if (!textCharsets.has(name)) throw xmlFault(head, 0, `the unknown encoding ${name}`)
  return name
}
