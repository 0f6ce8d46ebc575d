import { keepsCookiesToItself } from './browser.ts'
import { discard } from './discard.ts'
import { type CallName, ConnectionError, callOf } from './errors.ts'
import type { Send } from './layer.ts'
import type { SharedSettings, Transport } from './settings.ts'
import { until } from './until.ts'

/** What the standard knows, and its types do not yet. */
interface SentInit extends RequestInit {
  duplex?: 'half'
}

/** Sends each request by `fetch` or what stands for it. @throws ConnectionError when there is no reply */
export function transportOf(
  fetch: Transport,
  { redirect = 'follow', credentials }: Pick<SharedSettings, 'redirect' | 'credentials'>,
): Send {
  const init: SentInit = {
    redirect: keepsCookiesToItself() ? redirect : 'manual',
    duplex: 'half',
    ...(credentials !== undefined && { credentials }),
  }
  return async (outgoing) => {
    const { method, url, headers, body, signal } = outgoing
    signal.throwIfAborted()
    const address = new URL(url)
    address.hash = ''
    const request = new Request(address, { ...init, method, headers, body: body?.open() ?? null, signal })
    try {
      return await until((async () => fetch(request))(), signal, discard)
    } catch (error) {
      throw signal.aborted ? signal.reason : connectionFault(callOf(outgoing), 'got no reply', error)
    }
  }
}

/** The error as one of this client, where `fetch` tells of the connection by it. */
export function connectionFault(call: CallName, what: string, error: unknown): unknown {
  // The standard says TypeError for whatever is wrong with the connection.
  return error instanceof TypeError ? new ConnectionError(call, what, error) : error
}
