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
import { queryName } from '../versions/version-settings.ts'
import { takeForm } from './form-texts.ts'
import { inputSources, type SourcedMember, takesBody } from './input-sources.ts'
import { deepestNesting } from './json-body.ts'
import { readQuery } from './query-text.ts'
import { requestBody } from './request-body.ts'
import { renamedMembers } from './sent-name.ts'
import { type Carrier, type InputSettings, usualPriority } from './settings.ts'
import { TextMembers } from './text-members.ts'
import { type Members, rename, TextMerge } from './text-merge.ts'
import { takeTrees } from './text-trees.ts'

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
 *
 * @param deepest how deep bodies and names in queries may nest.
 */
export function gatherer(entry: RegisteredService, channel: RestChannel, deepest: number = deepestNesting): Gather {
  const { input } = entry
  // Parameters that say something of the request, and are no input.
  const implied = new Set([channel.options.formatParameter, channel.version && queryName(channel.version.settings)])
  const order = rankOf(channel.options.priority)
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
  const inQuery = new Set<FindingPlace>(order?.queryOverPath ? ['query', 'body', 'path'] : ['query', 'body'])
  const queries = new Map(sources.flatMap((each) => (inQuery.has(each.in) ? [[each.name, each]] : [])))
  const elsewhere = sources.flatMap((each) => (each.in === 'body' || each.in === 'path' ? [] : [each.member.name]))
  const renamed = renamedMembers(sources).filter((each) => each.in === 'body')
  const bodyMembers = new Map(sources.flatMap((each) => (each.in === 'body' ? [[each.name, each]] : [])))
  const keepsUnknown = entry.unknown !== 'strip' || saysOfUnknown(input.json)

  const merge = (
    exchange: Exchange,
    params: readonly string[],
    members: Members,
    form?: Readonly<Record<string, unknown>>,
  ): Gathered | Promise<Gathered> => {
    const texts = new TextMerge(members)
    if (form !== undefined) takeForm(texts, form, bodyMembers, { keepsUnknown, deepest })
    const fromBody = order && new Set(Object.keys(members))
    for (let at = 0; at < path.length; at++) {
      const source = path[at] as SourcedMember
      if (order?.pathOverBody !== false || fromBody?.has(source.member.name) !== true) texts.take(source, params[at])
    }
    for (const each of headers) texts.take(each, exchange.headers[each.name])
    for (const each of cookies) {
      texts.take(each, each.signed ? exchange.signedCookie(each.name) : exchange.cookies[each.name])
    }
    if (exchange.query !== '') {
      const given = readQuery(exchange.query)
      const trees = takeTrees(given, queries, deepest)
      const stronger = ({ member }: SourcedMember): boolean =>
        order !== undefined && (fromBody?.has(member.name) === true ? order.queryOverBody : order.queryOverPath)
      for (const [source, tree] of trees) texts.takeTree(source, tree, stronger(source))
      for (const [name, values] of given) {
        const source = queries.get(name)
        if (source !== undefined) texts.takeFromQuery(source, values, stronger(source))
        else if (keepsUnknown && !places.has(name) && !implied.has(name)) texts.keep(name, values)
      }
    }
    const { fromQuery, failures } = texts
    const overPath = order?.pathOverBody === false ? fromBody : undefined
    const place: PlaceOf =
      fromQuery === undefined && overPath === undefined
        ? placeOf
        : (name) => (fromQuery?.has(name) ? 'query' : name && overPath?.has(name) ? 'body' : placeOf(name))
    if (failures !== undefined) return refuse(input, members, place, failures, texts.refused)
    return { raw: members, placeOf: place }
  }

  if (!withBody) return (exchange, params) => merge(exchange, params, {})
  const readBody = requestBody(channel, entry, deepest)
  const take = (exchange: Exchange, params: readonly string[], body: unknown): Gathered | Promise<Gathered> => {
    if (body instanceof TextMembers) return merge(exchange, params, {}, body.members)
    if (input.members === undefined) return { raw: body, placeOf }
    // What is no object has no members to merge; the model says so in its finding for the whole body.
    if (body !== undefined && !isObject(body)) return { raw: body, placeOf }
    const members = body ?? {}
    for (const name of elsewhere) if (Object.hasOwn(members, name)) delete members[name]
    if (renamed.length > 0) rename(members, renamed)
    return merge(exchange, params, members)
  }
  return (exchange, params, call) => readBody(exchange, call).then((body) => take(exchange, params, body))
}

/** Who beats whom where it is not the usual order. */
interface Order {
  readonly pathOverBody: boolean
  readonly queryOverBody: boolean
  readonly queryOverPath: boolean
}

function rankOf(priority: InputSettings['priority']): Order | undefined {
  if (priority === undefined || priority.join() === usualPriority.join()) return undefined
  const before = (one: Carrier, other: Carrier): boolean => priority.indexOf(one) < priority.indexOf(other)
  return {
    pathOverBody: before('path', 'body'),
    queryOverBody: before('query', 'body'),
    queryOverPath: before('query', 'path'),
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
  texts: Members | undefined,
): Promise<never> {
  const checked = await input.validate(members, placeOf)
  const pointers = [...failures.keys()].map((name) => toPointer([name]))
  const others = checked instanceof Invalid ? checked.findings : []
  const apart = others.filter(({ path }) => !pointers.some((own) => path === own || path.startsWith(`${own}/`)))
  const findings = [...failures.values(), ...apart]
  const value = { ...members, ...texts }
  throw problem('invalid_input', undefined, {
    findings,
    refused: new Invalid(findings, { json: input.json, value, placeOf }),
  })
}
