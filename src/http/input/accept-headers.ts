import type { Method } from '../rest-channel.ts'

/** Headers by method that say, beside Accept, what a resource takes (RFC 5789, 3.1; LDP, 7.1; RFC 10008, 3). */
export const acceptHeaders: Readonly<Partial<Record<Method, string>>> = {
  PATCH: 'Accept-Patch',
  POST: 'Accept-Post',
  QUERY: 'Accept-Query',
}
