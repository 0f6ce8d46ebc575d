import { isDeepStrictEqual } from 'node:util'
import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import { isSuccess, type Seen } from '../checks/check.ts'
import { sentBody } from './identity.ts'
import { shownOf } from './state.ts'
import type { Thing, Walk } from './walk.ts'

/** A change that names an old ETag is refused with 412. */
export async function checkConditions(walk: Walk, thing: Thing): Promise<void> {
  const { replace, change } = walk.resource
  for (const update of [replace, change]) if (update !== undefined) await checkStale(walk, thing, update)
}

async function checkStale(walk: Walk, thing: Thing, update: ReadOperation): Promise<void> {
  const { read } = walk.resource
  const before = await walk.call(read, thing, { what: 'what is there, with its ETag' })
  const old = before?.reply.headers.etag
  // If-Match compares strongly: with a weak one it never holds.
  if (before === undefined || old === undefined || old.startsWith('W/')) return
  const changed = await walk.call(update, thing, {
    salt: `another state by ${update.method}`,
    what: 'a change without a condition',
  })
  const now = await walk.call(read, thing, { what: 'the ETag after the change' })
  if (
    changed === undefined ||
    !isSuccess(changed) ||
    now?.reply.headers.etag === undefined ||
    now.reply.headers.etag === old
  )
    return
  const stale = await walk.call(update, thing, {
    salt: `a third state by ${update.method}`,
    headers: { 'if-match': old },
    what: 'a change with an old ETag',
  })
  if (stale?.reply.status === 412) await checkParallel(walk, thing, update)
  if (stale === undefined || !isSuccess(stale)) return
  const message = `answered ${stale.reply.status} to a change whose If-Match has an old ETag; answer 412 and change nothing`
  walk.report({ check: 'conditional', message }, [thing.created, before, changed, stale])
}

/** Of two changes at the same time that name the same ETag one is refused. */
async function checkParallel(walk: Walk, thing: Thing, update: ReadOperation): Promise<void> {
  const before = await walk.call(walk.resource.read, thing, { what: 'what is there, with its ETag' })
  const etag = before?.reply.headers.etag
  if (before === undefined || etag === undefined) return
  const [one, other] = await Promise.all(
    ['one', 'another'].map((which) =>
      walk.call(update, thing, {
        salt: `${which} of two at once by ${update.method}`,
        headers: { 'if-match': etag },
        what: 'two changes at the same time with the same ETag',
      }),
    ),
  )
  if (one === undefined || other === undefined || !isSuccess(one) || !isSuccess(other)) return
  // Changes that change nothing may both be made.
  if (!isChange(before, one) || !isChange(before, other) || one.request.body === other.request.body) return
  const message = `answered ${one.reply.status} and ${other.reply.status} to two changes at the same time with the same If-Match, so that one is lost; compare the ETag and write in one step, and answer 412 to the second`
  walk.report({ check: 'conditional', message }, [thing.created, before, one, other])
}

/** A DELETE with another ETag than the thing has deletes nothing. Gives the reply where it has been done all the same. */
export async function checkStaleDelete(walk: Walk, thing: Thing): Promise<Seen | undefined> {
  const { read, remove } = walk.resource
  const before = await walk.call(read, thing, { what: 'what is there, with its ETag' })
  const etag = before?.reply.headers.etag
  if (before === undefined || etag === undefined || etag.startsWith('W/')) return undefined
  const headers = { 'if-match': '"trestle-old"' }
  const stale = await walk.call(remove, thing, { headers, what: 'deleting it with an ETag that it does not have' })
  if (stale === undefined || !isSuccess(stale)) return undefined
  const message = `answered ${stale.reply.status} to If-Match with an ETag that the thing does not have; answer 412 and delete nothing`
  walk.report({ check: 'conditional', message }, [thing.created, before, stale])
  return stale
}

/** Whether a request sends another value for something that is shown before. */
function isChange(before: Seen, change: Seen): boolean {
  const sent = sentBody(change)
  if (!isObject(sent)) return false
  const shown = shownOf(before, sent)
  return Object.keys(sent).some((name) => name in shown && !isDeepStrictEqual(shown[name], sent[name]))
}
