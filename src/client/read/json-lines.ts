import { type Source, texts } from './bytes.ts'
import { ItemError, type ItemOptions, type Place, readItem } from './item.ts'
import { type LineOptions, pieces } from './lines.ts'

// RFC 7464 puts this character before each text.
const recordSeparator = '\x1e'

/**
 * The items of JSON Lines, or of a JSON text sequence (RFC 7464), as they come; empty lines are no items.
 *
 * @throws ItemError with the number of the line, for what is no JSON or does not fit the schema
 */
export async function* jsonLines<T = unknown>(
  source: Source,
  options: ItemOptions<T> & LineOptions = {},
): AsyncGenerator<T, void, undefined> {
  let isSequence = false
  let position = 0
  const divider = (beginning: string): string => {
    isSequence = beginning.startsWith(recordSeparator)
    // Before the first separator there is no record.
    if (isSequence) position = -1
    return isSequence ? recordSeparator : '\n'
  }
  for await (const { text } of pieces(texts(source), divider, options)) {
    position++
    if (text.trim() === '') continue
    const place: Place = [isSequence ? 'Record' : 'Line', position]
    // Of a number that was cut off, what is left is a number too (RFC 7464, 2.4).
    if (isSequence && /^\s*[-\dtfn]/.test(text) && !/\s$/.test(text)) {
      throw new ItemError(`${place.join(' ')} was cut off: ask for the stream again`, position)
    }
    yield await readItem(text, place, options.schema)
  }
}
