import { isProblem, type Problem, problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { Finding, FindingPlace } from '../schema/finding.ts'
import { toPointer } from '../schema/finding.ts'
import type { InputModel, PlaceOf } from '../schema/input-model.ts'
import { Invalid } from '../schema/invalid.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { isTextFailure } from '../schema/text.ts'
import type { Exchange } from './exchange.ts'
import { inputSources, pathParams, type SourcedMember, takesBody } from './input-sources.ts'
import { isJsonType, readJson } from './json-body.ts'
import { readQuery } from './query-text.ts'
import type { RestChannel } from './rest-channel.ts'
import { renamedMembers } from './sent-name.ts'

/** The input of a call as it was sent, and where its members came from. */
export interface Gathered {
  readonly raw: unknown
  readonly placeOf: PlaceOf
}

/** Merges path, query, header, cookie and body into one raw input; a promise only when there is something to wait for. */
export type Gather = (exchange: Exchange, params: readonly string[]) => Gathered | Promise<Gathered>

type Members = Record<string, unknown>

/**
 * Compiles how a channel gathers the input of its service. Text is coerced by declared type; the path beats the body,
 * and the body beats the query. A member that the channel places elsewhere is never taken from the body.
 */
export function gatherer(entry: RegisteredService, channel: RestChannel, bodyLimit: number): Gather {
  const { input } = entry
  const withBody = takesBody(channel, input)
  const otherwise: FindingPlace = withBody ? 'body' : 'query'
  const sources = inputSources(channel, input)
  const places = new Map(sources.map((each) => [each.member.name, each.in]))
  const placeOf: PlaceOf = (member) => (member === undefined ? otherwise : (places.get(member) ?? otherwise))
  if (input === undefined) {
    const nothing: Gathered = { raw: undefined, placeOf }
    return () => nothing
  }

  const path = pathParams(channel).flatMap((name) => sources.filter((each) => each.member.name === name))
  const headers = sources.filter((each) => each.in === 'header')
  const cookies = sources.filter((each) => each.in === 'cookie')
  const queries = new Map(
    sources.flatMap((each) => (each.in === 'query' || each.in === 'body' ? [[each.name, each]] : [])),
  )
  const elsewhere = sources.flatMap((each) => (each.in === 'body' || each.in === 'path' ? [] : [each.member.name]))
  const renamed = renamedMembers(sources).filter((each) => each.in === 'body')
  const keepsUnknown = entry.unknown !== 'strip' || saysOfUnknown(input.json)

  const merge = (exchange: Exchange, params: readonly string[], members: Members): Gathered | Promise<Gathered> => {
    const texts = new TextMerge(members)
    for (let at = 0; at < path.length; at++) texts.take(path[at] as SourcedMember, params[at])
    for (const each of headers) texts.take(each, exchange.headers[each.name])
    for (const each of cookies) texts.take(each, exchange.cookies[each.name])
    if (exchange.query !== '') {
      for (const [name, values] of readQuery(exchange.query)) {
        const source = queries.get(name)
        if (source !== undefined) texts.takeFromQuery(source, values)
        else if (keepsUnknown && !places.has(name)) texts.keep(name, values)
      }
    }
    const { fromQuery, failures } = texts
    const place: PlaceOf = fromQuery === undefined ? placeOf : (name) => (fromQuery.has(name) ? 'query' : placeOf(name))
    if (failures !== undefined) return refuse(input, members, place, failures)
    return { raw: members, placeOf: place }
  }

  if (!withBody) return (exchange, params) => merge(exchange, params, {})
  return async (exchange, params) => {
    const body = await bodyOf(exchange, bodyLimit)
    if (input.members === undefined) return { raw: body, placeOf }
    // What is no object has no members to merge; the model says so in its finding for the whole body.
    if (body !== undefined && !isObject(body)) return { raw: body, placeOf }
    const members = body ?? {}
    for (const name of elsewhere) if (Object.hasOwn(members, name)) delete members[name]
    if (renamed.length > 0) rename(members, renamed)
    return merge(exchange, params, members)
  }
}

async function bodyOf(exchange: Exchange, limit: number): Promise<unknown> {
  if (exchange.bodyLength === 0) return undefined
  const refusal = contentRefusal(exchange)
  if (refusal === undefined) {
    const bytes = await exchange.readBody(limit)
    return bytes.length === 0 ? undefined : readJson(bytes)
  }
  if (exchange.bodyLength === undefined && (await isEmpty(exchange))) return undefined
  throw refusal
}

/** Whether a body of unknown length turns out to be none. */
async function isEmpty(exchange: Exchange): Promise<boolean> {
  try {
    await exchange.readBody(0)
    return true
  } catch (error) {
    if (isProblem(error) && error.code === 'body_too_large') return false
    throw error
  }
}

function contentRefusal({ headers }: Exchange): Problem | undefined {
  const type = headers['content-type'] as string | undefined
  const coding = headers['content-encoding']
  if (!isJsonType(type)) {
    const what = type === undefined ? 'The body has no Content-Type' : `The body is ${type}`
    return problem('unsupported_media_type', `${what}; send application/json`, {
      headers: { Accept: 'application/json' },
    })
  }
  if (coding === undefined || coding === 'identity') return undefined
  return problem('unsupported_media_type', `The body is encoded as ${coding}; send it as it is`, {
    headers: { 'Accept-Encoding': 'identity' },
  })
}

/** Whether the model itself says what becomes of members that it does not declare, so that they have to reach it. */
function saysOfUnknown({ additionalProperties: says }: JsonSchema): boolean {
  return typeof says === 'boolean' || (isObject(says) && Object.keys(says).length === 0)
}

/** Gives members that are sent under another name their own. */
function rename(members: Members, renamed: readonly SourcedMember[]): void {
  const sent = renamed.flatMap(({ member, name }) =>
    Object.hasOwn(members, name) ? [[member.name, members[name]]] : [],
  )
  for (const { member, name } of renamed) {
    delete members[name]
    delete members[member.name]
  }
  Object.assign(members, Object.fromEntries(sent))
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Puts coerced texts into the members of an input, and remembers those that cannot be coerced. */
class TextMerge {
  readonly #members: Members
  failures: Map<string, Finding> | undefined
  fromQuery: Set<string | undefined> | undefined

  constructor(members: Members) {
    this.#members = members
  }

  take({ member, in: place }: SourcedMember, text: string | readonly string[] | undefined): void {
    if (text === undefined) return
    const value = member.readText(text)
    if (isTextFailure(value)) {
      const { code, message, path } = value
      this.failures ??= new Map()
      this.failures.set(member.name, { in: place, path: toPointer([member.name]) + path, code, message })
    } else this.#members[member.name] = value
  }

  takeFromQuery({ member }: SourcedMember, values: readonly string[]): void {
    if (Object.hasOwn(this.#members, member.name)) return
    this.#note(member.name)
    this.take({ member, in: 'query', name: member.name }, values.length === 1 ? values[0] : values)
  }

  /** Keeps what the model does not declare, for a policy that refuses it or hands it on. */
  keep(name: string, values: readonly string[]): void {
    if (name === '__proto__' || Object.hasOwn(this.#members, name)) return
    this.#note(name)
    this.#members[name] = values.length === 1 ? values[0] : values
  }

  #note(name: string): void {
    this.fromQuery ??= new Set()
    this.fromQuery.add(name)
  }
}

/** Refuses an input with every finding at once: the texts that cannot be coerced, and what the model says of the rest. */
async function refuse(
  input: InputModel,
  members: Members,
  placeOf: PlaceOf,
  failures: ReadonlyMap<string, Finding>,
): Promise<never> {
  const checked = await input.validate(members, placeOf)
  const pointers = [...failures.keys()].map((name) => toPointer([name]))
  const others = checked instanceof Invalid ? checked.findings : []
  const apart = others.filter(({ path }) => !pointers.some((own) => path === own || path.startsWith(`${own}/`)))
  throw problem('invalid_input', undefined, { findings: [...failures.values(), ...apart] })
}
