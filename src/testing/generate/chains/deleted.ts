import { isDeepStrictEqual } from 'node:util'
import { isSuccess } from '../checks/check.ts'
import type { Run } from '../run.ts'
import { checkStaleDelete } from './conditions.ts'
import { isFromCache, isSameState, itemOf } from './state.ts'
import type { Thing, Walk } from './walk.ts'

/** What was deleted is gone, also when it is deleted again, and what was not deleted is there. */
export async function checkDeleted(run: Run, walk: Walk, thing: Thing, other: Thing | undefined): Promise<void> {
  const { read, list, change, remove, path, parameter } = walk.resource
  if (remove === undefined) return
  const before = await walk.call(read, thing, { what: 'what is to be deleted' })
  const kept =
    other === undefined || other.identity.value === thing.identity.value ? undefined : await walk.call(read, other)
  const listed = await walk.call(list, undefined, { what: 'all things, before one is deleted' })
  const stale = await checkStaleDelete(walk, thing)
  const deleted = stale ?? (await walk.call(remove, thing, { what: 'deleting it' }))
  if (deleted === undefined || !isSuccess(deleted) || deleted.reply.status === 202) return
  run.known.remove(path, thing.identity.value)
  const after = await walk.call(read, thing, { what: 'what was deleted' })
  if (
    before !== undefined &&
    after !== undefined &&
    isSuccess(before) &&
    isSuccess(after) &&
    isSameState(before, after)
  ) {
    const message = `answered ${after.reply.status} and shows what was deleted; answer 404 or 410`
    walk.report({ check: 'use_after_delete', message }, [thing.created, deleted, after])
  }
  if (after?.reply.status === 404 || after?.reply.status === 410) {
    const left = await walk.call(list, undefined, { what: 'all things, after one was deleted' })
    const [one, other] = [listed && itemOf(listed, thing), left && itemOf(left, thing)]
    // What is listed in another way now, such as with the time of its end, is known to be gone.
    if (left !== undefined && one !== undefined && isDeepStrictEqual(one, other) && !isFromCache(left)) {
      const message = `still lists what was deleted, as if it were there; leave it out`
      walk.report({ check: 'use_after_delete', message }, [thing.created, deleted, left])
    }
  }
  const changed = await walk.call(change, thing, { what: 'a change of what was deleted' })
  if (changed !== undefined && isSuccess(changed)) {
    const message = `answered ${changed.reply.status} to a change of what was deleted; answer 404 or 410`
    walk.report({ check: 'use_after_delete', message }, [thing.created, deleted, changed])
  }
  const again = await walk.call(remove, thing, { what: 'deleting it once more' })
  if (
    again !== undefined &&
    again.reply.status >= 400 &&
    ![401, 403, 404, 405, 409, 410, 412, 428, 429].includes(again.reply.status) &&
    again.reply.status < 500
  ) {
    walk.report(
      {
        check: 'idempotent',
        message: `answered ${deleted.reply.status} to DELETE, and ${again.reply.status} to the same once more`,
      },
      [thing.created, deleted, again],
    )
  }
  if (kept === undefined || other === undefined || !isSuccess(kept)) return
  const left = await walk.call(read, other, { what: 'what was not deleted' })
  if (left !== undefined && (left.reply.status === 404 || left.reply.status === 410)) {
    const message = `answered ${left.reply.status} after another ${parameter} was deleted`
    walk.report({ check: 'lost_update', message }, [other.created, thing.created, deleted, left])
  }
}
