import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import { baseParts, type PartsWish } from '../cases/base-parts.ts'
import { operationName, type Parts, type PartsBody, type Values } from '../cases/parts.ts'
import { type Finding, isSuccess, type Seen } from '../checks/check.ts'
import { examined, reported } from '../reported.ts'
import type { Run } from '../run.ts'
import { type Identity, identityOf, sentBody } from './identity.ts'
import type { Resource } from './resources.ts'

/** One thing that was created, and how it is asked for. */
export interface Thing {
  readonly created: Seen
  readonly identity: Identity
  readonly sent: Values
}

/** The steps with a resource, each of which is looked at like any other request. */
export interface Walk {
  readonly resource: Resource
  readonly create: (salt: string) => Promise<Thing | undefined>
  /** Calls an operation of one thing; nothing where there is no such operation, or no way to call it. */
  readonly call: (
    operation: ReadOperation | undefined,
    thing: Thing | undefined,
    wish?: CallWish,
  ) => Promise<Seen | undefined>
  readonly report: (finding: Finding, steps: readonly [Seen, ...Seen[]]) => void
}

/** What a call sends. */
export interface CallWish {
  readonly salt?: string
  /** In place of a body that is made up. */
  readonly body?: PartsBody
  readonly headers?: Readonly<Record<string, string>>
  readonly what?: string
}

const lost = 'the reply does not say where the new thing is, so that it is not followed; add a link or a Location'

/** Makes the steps for a resource. */
export function createWalk(run: Run, resource: Resource): Walk {
  const { parameter } = resource
  const report: Walk['report'] = (finding, steps) => reported(run, 'chains', finding, steps)
  const asked = async (
    operation: ReadOperation,
    parts: Parts,
    what: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen | undefined> => {
    const seen = await run.ask({ operation, parts, what }, { headers })
    if (seen === undefined) return undefined
    await examined(run, 'chains', seen)
    return seen
  }
  const isAbsent = async ({ path }: Parts): Promise<boolean> => {
    if (resource.read === undefined) return false
    const parts = { path, query: {}, header: {}, cookie: {}, body: undefined }
    const seen = await asked(resource.read, parts, 'what is not there yet')
    return seen?.reply.status === 404 || seen?.reply.status === 410
  }
  const around = (operation: ReadOperation): Values => run.known.of(operation)[0] ?? {}
  const created = async (wish: PartsWish): Promise<Thing | undefined> => {
    const { create } = resource
    const path = without(around(create), parameter)
    const parts = baseParts(create, run.samples, { members: 'always', fresh: true, ...wish, path })
    if (parts === undefined) return undefined
    // What PUT has created was not there before; otherwise nothing is kept.
    if (create.method === 'PUT' && !(await isAbsent(parts))) return undefined
    const seen = await asked(create, parts, `a new thing at ${resource.path}`)
    if (seen === undefined || !isSuccess(seen)) return undefined
    const identity = identityOf(run.api, resource, seen)
    if (identity === undefined) {
      if (resource.read !== undefined && seen.reply.status === 201) run.note(`${operationName(create)}: ${lost}`)
      return undefined
    }
    run.known.add(resource.path, identity.value, seen)
    const sent = sentBody(seen)
    return { created: seen, identity, sent: isObject(sent) ? sent : {} }
  }
  const partsFor = (operation: ReadOperation, thing: Thing | undefined, wish: CallWish): Parts | undefined => {
    const { salt = 'call', body } = wish
    const { [parameter]: _given, ...others } = thing?.created.test.parts.path ?? around(operation)
    const path = thing === undefined ? others : { ...others, [parameter]: thing.identity.value }
    const members = operation.body === undefined ? 'never' : 'always'
    const parts = baseParts(operation, run.samples, { members, salt, fresh: true, path })
    if (parts === undefined) return undefined
    // Optional values of query and headers may ask for something else than what the chain is about.
    const required = (place: 'query' | 'header' | 'cookie'): Values => {
      const names = operation.parameters.filter((each) => each.in === place && each.required).map(({ name }) => name)
      return Object.fromEntries(Object.entries(parts[place]).filter(([name]) => names.includes(name)))
    }
    const sent = body ?? withIdentity(parts.body, parameter, thing)
    return {
      path: parts.path,
      query: required('query'),
      header: required('header'),
      cookie: required('cookie'),
      body: sent,
    }
  }
  return {
    resource,
    report,
    create: async (salt) => {
      // Where one thing is refused for what it is, another may be taken.
      for (const wish of [{ salt }, { salt: `${salt} again` }, { salt, members: 'never', fresh: false } as const]) {
        const thing = await created(wish)
        if (thing !== undefined) return thing
      }
      return undefined
    },
    call: async (operation, thing, wish = {}) => {
      const parts = operation && partsFor(operation, thing, wish)
      if (operation === undefined || parts === undefined) return undefined
      const { what = 'the same thing', headers } = wish
      const seen = await asked(operation, parts, what, headers)
      if (seen?.reply.status !== 428 || resource.read === undefined) return seen
      // The server asks which state is meant: the one that is there.
      const read = partsFor(resource.read, thing, {})
      const state = read && (await asked(resource.read, read, 'the state that is there'))
      const etag = state?.reply.headers.etag
      return etag === undefined ? seen : asked(operation, parts, what, { ...headers, 'if-match': etag })
    },
  }
}

/** A body that names the thing names the one of the path. */
function withIdentity(body: PartsBody | undefined, parameter: string, thing: Thing | undefined): PartsBody | undefined {
  if (body === undefined || 'text' in body || !isObject(body.value) || thing === undefined) return body
  const { value } = body
  const name = [parameter, 'id'].find((each) => each in value)
  if (name === undefined) return body
  const { value: identity } = thing.identity
  // In a path and a Location all is text.
  const known = typeof value[name] === 'number' ? Number(identity) : identity
  return { type: body.type, value: { ...value, [name]: known } }
}

function without(values: Values, name: string): Values {
  const { [name]: _left, ...rest } = values
  return rest
}
