import { isDeepStrictEqual } from 'node:util'
import { isSuccess } from '../checks/check.ts'
import { isSameState, shownOf } from './state.ts'
import type { Thing, Walk } from './walk.ts'

/** What was created can be read, is not changed by reading, and is left alone when another thing is created. */
export async function checkCreated(walk: Walk, first: Thing, second: Thing | undefined): Promise<void> {
  const { resource, report } = walk
  const read = await walk.call(resource.read, first, { what: 'what was created' })
  if (read === undefined || read.reply.status === 0) return
  const { status } = read.reply
  if ((status === 404 || status === 410) && first.created.reply.status !== 202) {
    report({ check: 'created_is_readable', message: `answered ${status} for what was created just before` }, [
      first.created,
      read,
    ])
    return
  }
  if (!isSuccess(read)) return
  await walk.call(resource.list, undefined, { what: 'all things' })
  const again = await walk.call(resource.read, first, { what: 'what was read before' })
  const third =
    again && !isSameState(read, again)
      ? await walk.call(resource.read, first, { what: 'what was read before' })
      : undefined
  if (again !== undefined && isSuccess(again) && third !== undefined && isSuccess(third)) {
    const names = differing(shownOf(read, first.sent), shownOf(third, first.sent))
    if (names.length > 0) {
      report({ check: 'safe', message: `shows another ${names.join(', ')} after it was only read` }, [
        first.created,
        read,
        again,
      ])
    }
  }
  if (second === undefined || first.identity.isGiven || second.identity.isGiven) return
  if (isDeepStrictEqual(first.identity.value, second.identity.value)) {
    const message = `gave two things the same ${resource.parameter}, so that one takes the place of the other`
    report({ check: 'lost_update', message }, [first.created, second.created])
    return
  }
  // By now the second one is there: the first one shows what it was made with, or what the second one was made with.
  const [shown, other] = [shownOf(read, first.sent), second.sent]
  const taken = Object.keys(shown).filter((name) => {
    const isOwn = isDeepStrictEqual(shown[name], first.sent[name]) || isDeepStrictEqual(first.sent[name], other[name])
    return name in first.sent && !isOwn && isDeepStrictEqual(shown[name], other[name])
  })
  if (taken.length > 0) {
    const message = `shows the ${taken.join(', ')} of another thing, which was created later`
    report({ check: 'lost_update', message }, [first.created, second.created, read])
  }
}

function differing(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(one).filter((name) => !isDeepStrictEqual(one[name], other[name]))
}
