import type { Attempt } from '../../kernel/attempt.ts'
import type { CallContext } from '../../kernel/call-context.ts'

/** A call that came over HTTP as its guard saw it, for services that let people in; undefined for any other call. */
export function attemptOf({ cid, http }: Pick<CallContext, 'cid' | 'http'>): Attempt | undefined {
  if (http === undefined) return undefined
  const { method, path, query, headers, cookies, clientAddress, origin } = http
  return {
    ...{ cid, method, path, query, headers, cookies, clientAddress, origin, certificate: undefined },
    addHeader: (name, value) => http.setHeader(name, value),
    drop: () => {},
  }
}
