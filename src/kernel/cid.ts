import { randomFillSync } from 'node:crypto'

const size = 16
const pool = Buffer.allocUnsafe(size * 256)
let used = pool.length

/** Makes a correlation id: 128 random bits as 32 hexadecimal digits, the form of a W3C trace-id. */
export function newCid(): string {
  // The system's random source is asked once for many ids: a call to it costs more than the whole id.
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const cid = pool.toString('hex', used, used + size)
  used += size
  return cid
}

const wellFormed = /^[\w.:+/=@-]{1,128}$/

/** Whether a cid from outside may be taken over: 1 to 128 letters, digits or `_ . : + / = @ -`. */
export function isCid(text: string): boolean {
  return wellFormed.test(text)
}
