import type { JsonSchema } from '../../schema/schema.ts'
import { drfText } from './drf-text.ts'
import type { ErrorShape } from './error-shape.ts'
import { type Offence, offences } from './offence.ts'

const messages: JsonSchema = { type: 'array', items: { type: 'string' } }

/** What Django REST framework answers: texts by field, nested as the input is, or one `detail`. */
export const drfShape: ErrorShape = {
  name: 'DrfError',
  type: 'application/json',
  schema: {
    type: 'object',
    description: 'Why a call was refused or failed: texts by field, or one detail',
    properties: {
      detail: { anyOf: [{ type: 'string' }, messages], description: 'What is wrong, where it is not a field' },
      non_field_errors: { ...messages, description: 'What is wrong with the input as a whole' },
    },
    additionalProperties: true,
  },
  texts: {
    route_not_found: 'Not found.',
    method_not_allowed: 'Method "{method}" not allowed.',
    unsupported_media_type: 'Unsupported media type "{type}" in request.',
    malformed_body: 'JSON parse error - {detail}',
    unauthorized: '{detail|Authentication credentials were not provided.}',
    forbidden: '{detail|You do not have permission to perform this action.}',
    not_found: '{detail|Not found.}',
    too_many_requests: '{detail|Request was throttled.}',
    internal_error: '{detail|A server error occurred.}',
  },
  body: ({ problem, findings, detail }) => {
    if (findings === undefined) return { detail: detail ?? problem.title }
    return treeOf(offences(problem, findings))
  },
}

/** Texts for a value of the input, and for what is inside it. */
interface Node {
  readonly texts: string[]
  readonly inside: Map<string | number, Node>
  /** How many items the value has where it is a list. */
  items: number
}

/** A list is told item by item up to this length, as DRF does; beyond, by the indexes of what is wrong. */
const longest = 1000

function treeOf(found: readonly Offence[]): unknown {
  const root = newNode()
  for (const offence of found) {
    let node = root
    for (const key of offence.keys) {
      const next = node.inside.get(key) ?? newNode()
      node.inside.set(key, next)
      if (typeof key === 'number') node.items = Math.max(node.items, key + 1)
      node = next
    }
    node.texts.push(drfText(offence))
  }
  return root.inside.size === 0 ? { non_field_errors: root.texts } : written(root)
}

function newNode(): Node {
  return { texts: [], inside: new Map(), items: 0 }
}

function written({ texts, inside, items }: Node): unknown {
  if (inside.size === 0) return texts
  const each = [...inside].map(([key, node]) => [key, written(node)] as const)
  const own = texts.length === 0 ? [] : [['non_field_errors', texts] as const]
  const objects = each.every(([, told]) => !Array.isArray(told))
  if (items > 0 && items <= longest && objects && texts.length === 0) {
    const told = new Map(each)
    return Array.from({ length: items }, (_, at) => told.get(at) ?? {})
  }
  return Object.fromEntries([...each, ...own])
}
