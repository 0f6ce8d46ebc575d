import { readContents } from './contents.ts'
import { faultAt } from './document-error.ts'
import { readExamples } from './examples.ts'
import { flagAt, itemsAt, memberAt, neededText, type Place, textAt } from './place.ts'
import type { ReadParameter } from './read-api.ts'
import type { Reading } from './reading.ts'
import { resolved } from './references.ts'
import { oneOf } from './security.ts'

type Style = ReadParameter['style']

const places: readonly ReadParameter['in'][] = ['path', 'query', 'header', 'cookie', 'querystring']

const styles: Readonly<Record<ReadParameter['in'], readonly [Style, ...Style[]]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
  querystring: ['form'],
}

/** Headers that OpenAPI describes in other ways, so that parameters of these names count for nothing. */
const elsewhere: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization'])

/**
 * The parameters of an operation: those of its path, those of its own, and one for each name in the template that
 * neither describes.
 */
export function readParameters(
  reading: Reading,
  path: string,
  places: readonly (Place | undefined)[],
): readonly ReadParameter[] {
  const found = new Map<string, ReadParameter>()
  for (const place of places.flatMap(itemsAt)) {
    const parameter = readParameter(reading, resolved(reading.source, place))
    found.set(`${parameter.in} ${parameter.name}`, parameter)
  }
  const names = templateNames(path)
  const described = [...found.values()].filter((each) => {
    if (each.in === 'path') return names.includes(each.name)
    return each.in !== 'header' || !elsewhere.has(each.name.toLowerCase())
  })
  const bare = names.filter((name) => !found.has(`path ${name}`))
  return [...bare.map(undescribed), ...described]
}

/** The names between the braces of a path template, each once. */
export function templateNames(path: string): readonly string[] {
  return [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name))]
}

function readParameter(reading: Reading, place: Place): ReadParameter {
  const name = neededText(place, 'name', 'the name of the parameter')
  const where = oneOf(place, 'in', places)
  const schema = memberAt(place, 'schema')
  const [content] = readContents(reading, place)
  const style = styleOf(place, where)
  return {
    name,
    in: where,
    required: where === 'path' || flagAt(place, 'required'),
    schema: schema === undefined ? (content?.schema ?? true) : reading.schema(schema),
    style,
    explode: flagAt(place, 'explode', style === 'form' || style === 'cookie' || style === 'deepObject'),
    contentType: content?.type,
    description: textAt(place, 'description'),
    deprecated: flagAt(place, 'deprecated'),
    examples: [...readExamples(reading.source, place), ...(content?.examples ?? [])],
  }
}

function styleOf(place: Place, where: ReadParameter['in']): Style {
  const [usual, ...others] = styles[where]
  const style = textAt(place, 'style')
  if (style === undefined) return usual
  const found = [usual, ...others].find((each) => each === style)
  if (found !== undefined) return found
  throw faultAt(place, `has the style "${style}", which a ${where} parameter cannot have: ${styles[where].join(', ')}`)
}

function undescribed(name: string): ReadParameter {
  return {
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    style: 'simple',
    explode: false,
    contentType: undefined,
    description: undefined,
    deprecated: false,
    examples: [],
  }
}
