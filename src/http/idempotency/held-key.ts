import type { IdempotencyStore, KeptReply, KeyClaim } from '../../kernel/idempotency-store.ts'
import type { Logger } from '../../kernel/logger.ts'

/** For how long a process holds a key without a sign of life, in milliseconds; it gives three signs in that time. */
export const lease: number = 30_000

/** How often keeping a reply is tried, a third of a lease apart: five minutes long. */
const most = 30

/** A key that a call holds, until it is settled. */
export interface HeldKey {
  /** The call has been done: its reply is kept for so many milliseconds, or only that it was done. */
  readonly finish: (reply: KeptReply | undefined, milliseconds: number) => Promise<void>
  /** The call has not happened. */
  readonly release: () => Promise<void>
}

/** Holds a key with which a call has begun. What goes wrong with it is logged: the call goes on. */
export function heldKey(store: IdempotencyStore, claim: KeyClaim, log: Logger): HeldKey {
  let settled = false
  let timer = later(renew)

  async function renew(): Promise<void> {
    const held = await attempted('hold', () => store.renew(claim, lease))
    if (settled) return
    if (held === false) tellLost()
    else timer = later(renew)
  }

  /** What could not be kept is tried again; the key is held meanwhile. */
  async function keep(reply: KeptReply | undefined, milliseconds: number, tries: number): Promise<void> {
    const kept = await attempted('keep the reply of', () => store.finish(claim, reply, milliseconds))
    if (kept === false) tellLost()
    if (kept !== undefined || tries === 0) return
    // The reply does not wait for it.
    void attempted('hold', () => store.renew(claim, lease))
    timer = later(() => keep(reply, milliseconds, tries - 1))
  }

  async function finish(reply: KeptReply | undefined, milliseconds: number): Promise<void> {
    settle()
    await keep(reply, milliseconds, most)
  }

  async function release(): Promise<void> {
    settle()
    await attempted('release', () => store.release(claim))
  }

  function settle(): void {
    settled = true
    clearTimeout(timer)
  }

  /** Undefined where the store fails. */
  async function attempted<T>(what: string, work: () => T): Promise<Awaited<T> | undefined> {
    try {
      return await work()
    } catch (error) {
      log.error({ err: error }, `the store for Idempotency-Key could not ${what} a call`)
      return undefined
    }
  }

  function tellLost(): void {
    log.error('the process stood still for so long that a call has lost its Idempotency-Key: it may be done again')
  }

  return { finish, release }
}

function later(work: () => Promise<void>): NodeJS.Timeout {
  return setTimeout(() => void work(), lease / 3).unref()
}
