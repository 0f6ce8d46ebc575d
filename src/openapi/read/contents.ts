import { readExamples } from './examples.ts'
import { entriesAt, memberAt, namedAt, objectAt, type Place } from './place.ts'
import type { ReadContent } from './read-api.ts'
import type { Reading } from './reading.ts'
import { resolved } from './references.ts'

/** The representations of a body, in the order of the document. */
export function readContents(reading: Reading, place: Place): readonly ReadContent[] {
  return namedAt(memberAt(place, 'content')).map(([type, each]) => readContent(reading, type, each))
}

function readContent(reading: Reading, type: string, place: Place): ReadContent {
  const media = resolved(reading.source, place)
  const schema = memberAt(media, 'schema')
  const itemSchema = memberAt(media, 'itemSchema')
  return {
    type,
    schema: schema && reading.schema(schema),
    itemSchema: itemSchema && reading.schema(itemSchema),
    encoding: Object.fromEntries(entriesAt(memberAt(media, 'encoding')).map(([name, each]) => [name, objectAt(each)])),
    examples: readExamples(reading.source, media),
  }
}
