import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { isSuccess } from '../checks/check.ts'
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
  if (stale === undefined || !isSuccess(stale)) return
  const message = `answered ${stale.reply.status} to a change whose If-Match has an old ETag; answer 412 and change nothing`
  walk.report({ check: 'conditional', message }, [thing.created, before, changed, stale])
}
