import type { CallContext } from '../../kernel/call-context.ts'
import { addressOf } from '../audit/address-of.ts'
import type { Doer } from '../users/users.ts'

/** Who brings about what a call changes: its caller, or the app itself where nobody has called from outside. */
export function doerOf({ caller, cid, http }: CallContext): Doer {
  return {
    actor: caller.username ?? caller.definition ?? 'the app itself',
    cid,
    ...addressOf(http),
  }
}
