import { problem } from '../../kernel/problem.ts'
import { type BodyReader, defaultBodyLimit } from '../input/body-reader.ts'
import { readQuery, type TextMembers } from '../input/query-text.ts'
import { decodeText, textCharsets } from '../represent/charset.ts'
import { FormMembers, formFields } from './form-members.ts'
import { limitsOf } from './upload-settings.ts'

/** Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1). */
export const formReader: BodyReader = {
  name: 'form',
  types: ['application/x-www-form-urlencoded'],
  charsets: textCharsets,
  coerce: 'texts',
  compile: (entry, channel) => {
    const fields = formFields(entry, channel)
    const limits = limitsOf(channel.options, channel.options.bodyLimit ?? defaultBodyLimit)
    return (_, { bytes, charset }) => {
      const members = new FormMembers(fields, limits)
      for (const [name, texts] of pairsOf(decodeText(bytes, charset))) {
        for (const text of texts) {
          members.countText()
          if (Buffer.byteLength(text) > limits.fieldLimit) {
            throw problem('body_too_large', `The text '${name}' may measure ${limits.fieldLimit} bytes`)
          }
          members.addText(name, text)
        }
      }
      return members.all
    }
  },
}

function pairsOf(text: string): TextMembers {
  try {
    return readQuery(text)
  } catch {
    throw problem('malformed_body', 'The body is not valid application/x-www-form-urlencoded in UTF-8')
  }
}
