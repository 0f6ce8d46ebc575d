import type { ReadContent, ReadOperation, ReadParameter } from '../../../openapi/read/read-api.ts'
import { isJson } from '../../openapi/media-type.ts'
import type { Members } from '../values/object-arbitrary.ts'
import type { Samples } from '../values/samples.ts'
import { isWritable } from './body-text.ts'
import type { PartPlace, Parts, PartsBody, Values } from './parts.ts'

/** What is known and wanted of a request. */
export interface PartsWish {
  readonly members?: Members
  readonly salt?: string
  readonly fresh?: boolean
  /** Path parameters that are known to lead somewhere. */
  readonly path?: Values
}

/** Values of a request that the operation has to take; nothing where one of them could not be found. */
export function baseParts(operation: ReadOperation, samples: Samples, wish: PartsWish = {}): Parts | undefined {
  const { members = 'never', path = {} } = wish
  const all: Record<PartPlace, Record<string, unknown>> = { path: {}, query: {}, header: {}, cookie: {} }
  for (const parameter of operation.parameters) {
    const { in: place, name, required } = parameter
    if (place === 'querystring') continue
    if (!required && members !== 'always') continue
    const value = place === 'path' && name in path ? path[name] : parameterValue(parameter, samples, wish)
    if (value === undefined) {
      if (required) return undefined
    } else all[place][name] = value
  }
  const content = bestContent(operation)
  const isAsked = operation.body?.required === true || (operation.body !== undefined && members !== 'never')
  if (!isAsked) return { ...all, body: undefined }
  const body = content === undefined ? undefined : bodyOf(content, samples, wish)
  if (body === undefined && operation.body?.required === true) return undefined
  return { ...all, body }
}

/** The representation in which bodies are sent: JSON before all others. */
function bestContent({ body }: ReadOperation): ReadContent | undefined {
  const contents = body?.contents ?? []
  return contents.find(({ type }) => isJson(type)) ?? contents.find(({ type }) => isWritable(type)) ?? contents[0]
}

function parameterValue(parameter: ReadParameter, samples: Samples, { salt = '', fresh = false }: PartsWish): unknown {
  const { schema, examples, name, in: place } = parameter
  // The path leads where it leads; a header or query that differs for the sake of it may ask for something else.
  return samples.one(schema, { examples, salt: `${salt} ${place} ${name}`, fresh: fresh && place === 'path' })
}

function bodyOf(content: ReadContent, samples: Samples, wish: PartsWish): PartsBody | undefined {
  const { members = 'never', salt = '', fresh = false } = wish
  const { type, schema = true, examples } = content
  const value = samples.one(schema, {
    members,
    examples: members === 'always' && !fresh ? examples : fresh ? [] : examples,
    salt,
    fresh,
  })
  if (isWritable(type)) return value === undefined ? undefined : { type, value }
  const text = examples.map((each) => each.value).find((each) => typeof each === 'string')
  return typeof text === 'string' ? { type, text } : undefined
}
