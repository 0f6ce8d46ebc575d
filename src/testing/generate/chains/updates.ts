import { isDeepStrictEqual } from 'node:util'
import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { essenceOf } from '../../openapi/media-type.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import type { PartsBody, Values } from '../cases/parts.ts'
import { isSuccess, jsonOf, type Seen } from '../checks/check.ts'
import { sentBody } from './identity.ts'
import { disturbed, isSameState, shownOf, unchanged } from './state.ts'
import type { Thing, Walk } from './walk.ts'

/** What PUT and PATCH write is read afterwards; PUT twice is the same as once. */
export async function checkUpdates(walk: Walk, thing: Thing): Promise<void> {
  await checkWritten(walk, thing, walk.resource.replace)
  await checkRepeated(walk, thing)
  await checkWritten(walk, thing, walk.resource.change)
  await checkPartly(walk, thing)
  await checkRemoved(walk, thing)
}

async function checkWritten(walk: Walk, thing: Thing, operation: ReadOperation | undefined): Promise<void> {
  if (operation === undefined) return
  const before = await walk.call(walk.resource.read, thing, { what: 'what is there before a change' })
  const written = await walk.call(operation, thing, {
    salt: `changed by ${operation.method}`,
    what: 'a change of everything',
  })
  const after = await walk.call(walk.resource.read, thing, { what: 'what is there after a change' })
  if (!isDone(written) || before === undefined || after === undefined || !isSuccess(before)) return
  const sent = plainMembers(written)
  if (!isSuccess(after)) {
    if (after.reply.status !== 404) return
    walk.report({ check: 'lost_update', message: `answered 404 after ${operation.method} had changed what it shows` }, [
      thing.created,
      written,
      after,
    ])
    return
  }
  const lost = unchanged(shownOf(before, sent), sent, shownOf(after, sent)).filter(
    (name) => name !== walk.resource.parameter && name !== 'id',
  )
  if (lost.length === 0) return
  const message = `still shows the old ${lost.join(', ')} after ${operation.method} answered ${written.reply.status}; keep what was sent, or refuse it`
  walk.report({ check: 'lost_update', message }, [thing.created, written, after])
}

async function checkRepeated(walk: Walk, thing: Thing): Promise<void> {
  const { replace, read, list } = walk.resource
  if (replace === undefined || read === undefined) return
  const wish = { salt: 'twice', what: 'the same change, twice' }
  const once = await walk.call(replace, thing, wish)
  const first = await walk.call(read, thing, wish)
  const before = await walk.call(list, undefined, wish)
  const twice = await walk.call(replace, thing, wish)
  const second = await walk.call(read, thing, wish)
  const after = await walk.call(list, undefined, wish)
  if (!isDone(once) || twice === undefined || first === undefined || second === undefined || !isSuccess(first)) return
  if (twice.reply.status >= 400 && twice.reply.status < 500 && twice.reply.status !== 429) {
    walk.report(
      {
        check: 'idempotent',
        message: `answered ${once.reply.status} to PUT, and ${twice.reply.status} to the same once more`,
      },
      [thing.created, once, twice],
    )
  } else if (isSuccess(second) && !isSameState(first, second)) {
    walk.report({ check: 'idempotent', message: 'shows something else after the same PUT once more' }, [
      thing.created,
      once,
      twice,
      second,
    ])
  } else if (before !== undefined && after !== undefined && countOf(after) === countOf(before) + 1) {
    walk.report({ check: 'idempotent', message: 'has one thing more after the same PUT once more' }, [
      thing.created,
      once,
      twice,
      after,
    ])
  }
}

/** One member is changed: the others stay. */
async function checkPartly(walk: Walk, thing: Thing): Promise<void> {
  const { change, read, parameter } = walk.resource
  if (change === undefined || read === undefined) return
  const before = await walk.call(read, thing, { what: 'what is there before a change of one member' })
  const whole = await walk.call(change, thing, { salt: 'other values', what: 'a change of everything' })
  const full = await walk.call(read, thing, { what: 'what is there after it' })
  if (before === undefined || full === undefined || !isSuccess(full) || !isDone(whole)) return
  const { body } = whole.test.parts
  const sent = plainMembers(whole)
  if (body === undefined || !('value' in body)) return
  const [name] = Object.keys(sent).filter((each) => each !== parameter && each !== 'id')
  if (name === undefined) return
  const one: PartsBody = { type: body.type, value: { [name]: shownOf(before, thing.sent)[name] ?? sent[name] } }
  const partly = await walk.call(change, thing, { body: one, what: 'a change of one member' })
  const after = await walk.call(read, thing, { what: 'what is there after a change of one member' })
  if (!isDone(partly) || after === undefined || !isSuccess(after)) return
  const lost = disturbed(shownOf(full, sent), { [name]: true }, shownOf(after, sent)).filter((each) => each in sent)
  if (lost.length > 0) {
    walk.report(
      { check: 'lost_update', message: `shows another ${lost.join(', ')} although only ${name} was changed` },
      [thing.created, whole, partly, after],
    )
  }
}

/** A member that JSON Merge Patch sets to null is gone (RFC 7396). */
async function checkRemoved(walk: Walk, thing: Thing): Promise<void> {
  const { change, read, parameter } = walk.resource
  const type = change?.body?.contents.find((each) => essenceOf(each.type) === 'application/merge-patch+json')?.type
  if (change === undefined || read === undefined || type === undefined) return
  const whole = await walk.call(change, thing, { salt: 'before null', what: 'a change of everything' })
  const full = await walk.call(read, thing, { what: 'what is there before a member is taken away' })
  if (!isDone(whole) || full === undefined || !isSuccess(full)) return
  const [before, sent] = [shownOf(full, plainMembers(whole)), plainMembers(whole)]
  const names = Object.keys(sent).filter((each) => each !== parameter && isDeepStrictEqual(before[each], sent[each]))
  for (const name of names.filter((each) => before[each] !== null)) {
    const body: PartsBody = { type, value: { [name]: null } }
    const removed = await walk.call(change, thing, { body, what: `${name} taken away with null` })
    // Many members have to be there.
    if (!isDone(removed)) continue
    const after = await walk.call(read, thing, { what: 'what is there after a member was taken away' })
    if (after === undefined || !isSuccess(after) || !isDeepStrictEqual(shownOf(after, sent)[name], before[name]))
      continue
    const message = `still shows ${name} after PATCH with null answered ${removed.reply.status}; in JSON Merge Patch null takes a member away`
    walk.report({ check: 'lost_update', message }, [thing.created, whole, removed, after])
  }
}

/** A reply after which the change has to be there. */
function isDone(seen: Seen | undefined): seen is Seen {
  return seen !== undefined && isSuccess(seen) && seen.reply.status !== 202
}

/** What was sent, where it is the new state and no list of changes. */
function plainMembers(seen: Seen): Values {
  const sent = sentBody(seen)
  return isObject(sent) && !/json-patch/.test(essenceOf(seen.request.headers['content-type'] ?? '')) ? sent : {}
}

/** How many things a list has, also inside an envelope. */
function countOf(seen: Seen): number {
  const body = jsonOf(seen)
  const list = Array.isArray(body) ? body : isObject(body) ? Object.values(body).find(Array.isArray) : undefined
  return list?.length ?? Number.NaN
}
