import type { Content } from '../exchange.ts'

/** Tells a stream that nobody is going to read it, so that it lets go of what it holds; texts and bytes hold nothing. */
export function discard(body: Content): void {
  if (typeof body !== 'object' || body instanceof Uint8Array) return
  if ('destroy' in body && typeof body.destroy === 'function') body.destroy()
  else void Promise.resolve(body[Symbol.asyncIterator]().return?.()).catch(() => {})
}
