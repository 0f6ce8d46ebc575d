import type { CallState } from '../../kernel/call-state.ts'
import { problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Finding, FindingPlace } from '../../schema/finding.ts'
import { toPointer } from '../../schema/finding.ts'
import type { InputModel, PlaceOf } from '../../schema/input-model.ts'
import { Invalid } from '../../schema/invalid.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import type { Exchange } from '../exchange.ts'
import type { RestChannel } from '../rest-channel.ts'
import { paramNames } from '../route/path-pattern.ts'
import { bodyReader } from './body-reader.ts'
import { inputSources, type SourcedMember, takesBody } from './input-sources.ts'
import { readQuery } from './query-text.ts'

import { renamedMembers } from './sent-name.ts'
import { type Members, rename, TextMerge } from './text-merge.ts'

/** The input of a call as it was sent, and where its members came from. */
export interface Gathered {
  readonly raw: unknown
  readonly placeOf: PlaceOf
}

/** Merges path, query, header, cookie and body into one raw input; a promise only when there is something to wait for. */
export type Gather = (exchange: Exchange, params: readonly string[], call: CallState) => Gathered | Promise<Gathered>

/**
 * Compiles how a channel gathers the input of its service. Text is coerced by declared type; the path beats the body,
 * and the body beats the query. A member that the channel places elsewhere is never taken from the body.
 */
export function gatherer(entry: RegisteredService, channel: RestChannel): Gather {
  const { input } = entry
  const readBody = bodyReader(channel, entry)
  const withBody = takesBody(channel, input)
  const otherwise: FindingPlace = withBody ? 'body' : 'query'
  const sources = inputSources(channel, input)
  const places = new Map(sources.map((each) => [each.member.name, each.in]))
  const placeOf: PlaceOf = (member) => (member === undefined ? otherwise : (places.get(member) ?? otherwise))
  if (input === undefined) {
    const nothing: Gathered = { raw: undefined, placeOf }
    return () => nothing
  }

  const path = paramNames(channel.path).flatMap((name) => sources.filter((each) => each.member.name === name))
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
  return async (exchange, params, call) => {
    const body = await readBody(exchange, call)
    if (input.members === undefined) return { raw: body, placeOf }
    // What is no object has no members to merge; the model says so in its finding for the whole body.
    if (body !== undefined && !isObject(body)) return { raw: body, placeOf }
    const members = body ?? {}
    for (const name of elsewhere) if (Object.hasOwn(members, name)) delete members[name]
    if (renamed.length > 0) rename(members, renamed)
    return merge(exchange, params, members)
  }
}

/** Whether the model itself says what becomes of members that it does not declare, so that they have to reach it. */
function saysOfUnknown({ additionalProperties: says }: JsonSchema): boolean {
  return typeof says === 'boolean' || (isObject(says) && Object.keys(says).length === 0)
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
