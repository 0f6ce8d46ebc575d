import type { ReadOperation } from '../../../openapi/read/read-api.ts'

/** Operations that are about the same things. */
export interface Resource {
  /** Such as `/things`. */
  readonly path: string
  /** The name of the path parameter that tells one thing from another. */
  readonly parameter: string
  readonly create: ReadOperation
  readonly read: ReadOperation | undefined
  readonly list: ReadOperation | undefined
  readonly replace: ReadOperation | undefined
  readonly change: ReadOperation | undefined
  readonly remove: ReadOperation | undefined
}

/** Words of paths that say what is done, and not to what. */
const verbs: ReadonlySet<string> = new Set([
  ...['get', 'read', 'fetch', 'show', 'view', 'list', 'all', 'create', 'add', 'new', 'insert', 'make'],
  ...['update', 'edit', 'change', 'modify', 'replace', 'patch', 'put', 'set', 'save', 'delete', 'remove', 'destroy'],
])
const creating: ReadonlySet<string> = new Set(['create', 'add', 'new', 'insert', 'make'])

/** The resources of an API: what can be created at `/things`, or `/things/create`, and reached at `/things/{id}`. */
export function resourcesOf(operations: readonly ReadOperation[]): readonly Resource[] {
  const byPath = Map.groupBy(operations, ({ path }) => withoutVerbs(path))
  return [...byPath]
    .flatMap(([path, items]): readonly Resource[] => {
      const parameter = /^(.*)\/\{([^{}/]+)\}$/.exec(path)
      if (parameter === null) return []
      const [, collection = '', name = ''] = parameter
      const others = byPath.get(collection) ?? []
      const method = (word: string): ReadOperation | undefined => {
        return items.find((each) => each.method === word && isSuccessful(each))
      }
      const create =
        others.find((each) => each.method === 'POST' && isSuccessful(each) && isCreating(each.path)) ?? method('PUT')
      if (create === undefined) return []
      const list = others.find((each) => each.method === 'GET' && isSuccessful(each))
      const found = {
        read: method('GET'),
        list,
        replace: method('PUT'),
        change: method('PATCH'),
        remove: method('DELETE'),
      }
      return [{ path: collection, parameter: name, create, ...found }]
    })
    .toSorted((one, other) => one.path.split('/').length - other.path.split('/').length)
}

/** A path without the words that say what is done. */
export function withoutVerbs(path: string): string {
  return path
    .split('/')
    .filter((segment) => !verbs.has(segment.toLowerCase()))
    .join('/')
}

function isCreating(path: string): boolean {
  const said = path.split('/').filter((segment) => verbs.has(segment.toLowerCase()))
  return said.every((segment) => creating.has(segment.toLowerCase()))
}

function isSuccessful({ replies }: ReadOperation): boolean {
  return replies.some(({ status }) => /^(2|default)/.test(status))
}
