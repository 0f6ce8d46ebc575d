import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import type { Values } from '../cases/parts.ts'
import { isSuccess, type Seen } from '../checks/check.ts'
import { withoutVerbs } from './resources.ts'

/** Things that were created and are still there. */
export interface KnownThings {
  /** At a path such as `/things`. */
  readonly add: (collection: string, identity: unknown, created: Seen) => void
  readonly remove: (collection: string, identity: unknown) => void
  /** Values for the parameters of a path: those of the latest things first. */
  readonly of: (operation: Pick<ReadOperation, 'path'>) => readonly Values[]
  /** The request that made the thing that a request is about. */
  readonly origin: (seen: Pick<Seen, 'operation' | 'test'>) => Seen | undefined
  /** Forgets what a request has taken away. */
  readonly forget: (seen: Seen) => void
}

const most = 2

/** Knows nothing at first. */
export function createKnownThings(): KnownThings {
  const byCollection = new Map<string, readonly unknown[]>()
  const origins = new Map<string, Seen>()
  const remove: KnownThings['remove'] = (collection, identity) => {
    const left = (byCollection.get(collection) ?? []).filter((each) => String(each) !== String(identity))
    byCollection.set(collection, left)
  }
  return {
    add: (collection, identity, created) => {
      remove(collection, identity)
      byCollection.set(collection, [identity, ...(byCollection.get(collection) ?? [])])
      origins.set(`${collection} ${identity}`, created)
    },
    remove,
    origin: ({ operation, test }) => {
      const found = lastParameter(operation.path)
      return found === undefined ? undefined : origins.get(`${found.collection} ${test.parts.path[found.name]}`)
    },
    forget: (seen) => {
      const found = lastParameter(seen.operation.path)
      const isGone = seen.request.method === 'DELETE' && seen.operation.method === 'DELETE' && isSuccess(seen)
      if (isGone && found !== undefined) remove(found.collection, seen.test.parts.path[found.name])
    },
    of: ({ path }) => {
      const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(({ 1: name = '', index }) => {
        return { name, things: byCollection.get(collectionOf(path, index)) ?? [] }
      })
      const known = parameters.filter(({ things }) => things.length > 0)
      if (known.length === 0) return []
      const count = Math.min(most, ...known.map(({ things }) => things.length))
      return Array.from({ length: count }, (_, at) =>
        Object.fromEntries(known.map(({ name, things }) => [name, things[at]])),
      )
    },
  }
}

/** The parameter at the end of a path, and where its things are. */
function lastParameter(path: string): { readonly name: string; readonly collection: string } | undefined {
  const last = [...path.matchAll(/\{([^}]+)\}/g)].at(-1)
  return last === undefined ? undefined : { name: last[1] ?? '', collection: collectionOf(path, last.index) }
}

function collectionOf(path: string, end: number): string {
  return withoutVerbs(path.slice(0, end)).replace(/\/$/, '')
}
