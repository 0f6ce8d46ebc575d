import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../../openapi/schema-parts.ts'
import type { Values } from '../cases/parts.ts'
import { jsonOf, type Seen } from '../checks/check.ts'
import type { Thing } from './walk.ts'

/** What a reply shows of the members that were sent: the object in it that has most of them. */
export function shownOf(seen: Seen, sent: Values): Values {
  const names = Object.keys(sent)
  let [best, most]: [Values, number] = [{}, 0]
  const visit = (value: unknown, depth: number): void => {
    if (!isObject(value) || depth > 4) return
    const count = names.filter((name) => name in value).length
    if (count > most) [best, most] = [value, count]
    for (const inner of Object.values(value)) visit(inner, depth + 1)
  }
  visit(jsonOf(seen), 0)
  return best
}

/** The members that were sent and still show what was there before. */
export function unchanged(before: Values, sent: Values, after: Values): readonly string[] {
  return Object.keys(sent).filter((name) => {
    const isKnown = name in before && name in after
    return isKnown && !isDeepStrictEqual(before[name], sent[name]) && isDeepStrictEqual(after[name], before[name])
  })
}

/** The members that have changed although only others were sent; those that tell of the change itself do not count. */
export function disturbed(before: Values, sent: Values, after: Values): readonly string[] {
  return Object.keys(before).filter(
    (name) => !(name in sent) && !isOfTheChange(name, before[name]) && !isDeepStrictEqual(after[name], before[name]),
  )
}

/** Whether two replies show the same, but for what tells of times, versions and calls. */
export function isSameState(one: Seen, other: Seen): boolean {
  return isDeepStrictEqual(stable(jsonOf(one) ?? one.reply.body), stable(jsonOf(other) ?? other.reply.body))
}

function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([name, inner]) => !isOfTheChange(name, inner))
  return Object.fromEntries(kept.map(([name, inner]) => [name, stable(inner)]))
}

function isOfTheChange(name: string, value: unknown): boolean {
  if (/updat|modif|chang|version|etag|revision|time|date|seen|views|access|^cid$|_at$|[a-z]At$/i.test(name)) return true
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:/.test(value)
}

/** The item of a list that is about a thing, also inside an envelope; nothing where there is none. */
export function itemOf(list: Seen, { identity }: Pick<Thing, 'identity'>): Values | undefined {
  const body = jsonOf(list)
  const lists = [body, ...(isObject(body) ? Object.values(body) : [])].filter((each) => Array.isArray(each))
  return lists
    .flat()
    .filter(isObject)
    .find((item) => Object.values(item).some((value) => String(value) === String(identity.value)))
}

/** Whether a reply may be older than the request. */
export function isFromCache({ reply }: Seen): boolean {
  const { age, 'x-cache': cache, 'cache-control': control = '' } = reply.headers
  return age !== undefined || cache !== undefined || /max-age=[1-9]/.test(control)
}
