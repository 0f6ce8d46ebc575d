import type { Problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { charsetName } from '../represent/charset.ts'
import { type MediaType, parseMediaType, syntaxOf } from '../represent/media-type.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { BodyReader, ReadContent } from './body-reader.ts'
import { typeRefusal } from './content-refusal.ts'

/** How a body of one Content-Type is read. */
export interface Reading {
  readonly reader: BodyReader
  readonly read: ReadContent
  readonly type: MediaType
  readonly charset: string
}

/** So many different Content-Types of a channel are remembered; multipart has another one in every request. */
const most = 50

/** Compiles the choice of a reader by Content-Type: a reading, or the refusal of what is not consumed. */
export function bodyTypes(
  channel: RestChannel,
  readers: readonly BodyReader[],
  entry: RegisteredService,
  deepest: number,
): (contentType: string | undefined) => Reading | Problem {
  const { contentType: policy = 'strict' } = channel.options
  const compiled = readers.map((reader) => ({ reader, read: reader.compile(entry, channel, deepest) }))
  const [first] = compiled
  const types = readers.flatMap((each) => each.types)

  const choose = (sent: string | undefined): Reading | Problem => {
    const type = (sent === undefined ? undefined : parseMediaType(sent)) ?? whatever
    const charset = charsetName(type.parameters.charset ?? 'utf-8')
    const takesFirst = policy === 'ignore' || (policy === 'lenient' && (sent === undefined || sent === ''))
    if (takesFirst && first !== undefined) {
      const own = { essence: first.reader.types[0] ?? '', parameters: type.parameters }
      const known = first.reader.charsets?.has(charset) ?? true
      return { ...first, type: own, charset: known ? charset : 'utf-8' }
    }
    const found = compiled.find(({ reader }) => reads(reader, type.essence))
    if (found === undefined || found.reader.charsets?.has(charset) === false) {
      return typeRefusal(sent, types, channel.method)
    }
    return { ...found, type, charset }
  }

  const known = new Map<string | undefined, Reading | Problem>()
  return (sent) => {
    const remembered = known.get(sent)
    // Each refusal is an error of its own, with its own stack.
    if (remembered !== undefined) return remembered
    const chosen = choose(sent)
    if ('reader' in chosen && chosen.reader.streams === undefined && known.size < most) known.set(sent, chosen)
    return chosen
  }
}

/** The type of a body that names none, which only those read who read any (RFC 9110, 8.3). */
const whatever: MediaType = { essence: '', parameters: {} }

function reads({ types, suffix }: BodyReader, essence: string): boolean {
  return (
    types.includes(essence) ||
    types.includes('*/*') ||
    (suffix !== undefined && essence.includes('+') && syntaxOf(essence) === suffix)
  )
}
