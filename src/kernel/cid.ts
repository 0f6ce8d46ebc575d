import { randomBytes } from 'node:crypto'

const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const perSeed = 2 ** 32

let head = ''
let tail = ''
let made = perSeed

/**
 * Makes a correlation id: 128 bits as 32 hexadecimal digits, the form of a W3C trace-id. 96 of the bits are random and
 * shared by the ids of a process, 32 differ in each of them: asking for random bits costs more than all the rest of an
 * id. Those 32 lead the last 64 bits, because that is where tracing systems look to decide which calls to sample.
 */
export function newCid(): string {
  if (made === perSeed) {
    const random = randomBytes(12).toString('hex')
    head = random.slice(0, 16)
    tail = random.slice(16)
    made = 0
  }
  // Multiplying by an odd number scatters the counter over all 32 bits, and never gives one value twice.
  const bits = Math.imul(made++, 0x9e3779b1)
  return `${head}${pairs[bits >>> 24]}${pairs[(bits >>> 16) & 255]}${pairs[(bits >>> 8) & 255]}${pairs[bits & 255]}${tail}`
}

const wellFormed = /^[\w.:+/=@-]{1,128}$/

/** Whether a cid from outside may be taken over: 1 to 128 letters, digits or `_ . : + / = @ -`. */
export function isCid(text: string): boolean {
  return wellFormed.test(text)
}
