import { CallState } from '../../kernel/call-state.ts'
import type { Provider } from '../../kernel/provided.ts'
import { provider } from '../../kernel/provider.ts'
import type { ResponseCache } from './response-cache.ts'

const caches = new WeakMap<object, ResponseCache>()

/** Says which cache the calls of a kernel are provided with. */
export function provideCache(kernel: object, cache: ResponseCache): void {
  caches.set(kernel, cache)
}

/**
 * Provides a service with the cache for the replies of its app, to drop some of them by itself.
 *
 * ```ts
 * let cars = 1
 * const count = service({
 *   name: 'count',
 *   output: z.int(),
 *   on: get('/cars/count', { cache: { ttl: 60 } }),
 *   handle: () => cars,
 * })
 * const receive = service({
 *   name: 'receive',
 *   use: { cache: replyCache },
 *   handle: async ({ cache }) => {
 *     cars++
 *     await cache.purge({ path: '/cars/*' })
 *   },
 * })
 * await using app = createApp({ services: [count, receive] })
 * const ask = async () => (await app.fetch(new Request('http://localhost/cars/count'))).json()
 * await ask() // => 1
 * await app.invoke(receive)
 * await ask() // => 2
 * ```
 */
export const replyCache: Provider<ResponseCache> = provider((call) => {
  const cache = call instanceof CallState ? caches.get(CallState.hostOf(call)) : undefined
  if (cache === undefined) throw new TypeError('this call is of no app, and has no cache for replies')
  return cache
})
