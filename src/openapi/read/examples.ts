import { memberAt, namedAt, objectAt, type Place } from './place.ts'
import type { ReadExample } from './read-api.ts'
import { resolved } from './references.ts'
import type { Source } from './source.ts'

/** The examples of a parameter or a content; those that are only text or an address elsewhere are left out. */
export function readExamples(source: Source, place: Place): readonly ReadExample[] {
  const several = namedAt(memberAt(place, 'examples')).flatMap(([name, each]) => {
    const example = resolved(source, each)
    // OpenAPI 3.2 tells the value from its text; `value` is the older word.
    const members = objectAt(example)
    const word = ['dataValue', 'value'].find((each) => Object.hasOwn(members, each))
    return word === undefined ? [] : [{ name, value: members[word] }]
  })
  const members = objectAt(place)
  return Object.hasOwn(members, 'example') ? [{ name: 'example', value: members.example }, ...several] : several
}
