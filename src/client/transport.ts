import { keepsCookiesToItself } from './browser.ts'
import { discard } from './discard.ts'
import { type CallName, ConnectionError, TimeoutError } from './errors.ts'
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
  return async ({ method, url, headers, body, signal }) => {
    signal.throwIfAborted()
    const address = new URL(url)
    address.hash = ''
    const call = { method, url: address.href }
    const request = new Request(address, { ...init, method, headers, body: body?.open() ?? null, signal })
    try {
      return await until((async () => fetch(request))(), signal, (reply) => void discard(reply))
    } catch (error) {
      throw signal.aborted ? signal.reason : connectionFault(call, 'could not be sent', error)
    }
  }
}

/** The error as one of this client, where `fetch` tells of the connection by it. */
export function connectionFault(call: CallName, what: string, error: unknown): unknown {
  // The standard says TypeError for whatever is wrong with the connection.
  if (!(error instanceof TypeError)) return error
  const fault = new ConnectionError(call, what, error)
  const phase = fault.code && own[fault.code]
  return phase ? new TimeoutError(call, phase, 300_000, { cause: error }) : fault
}

// Limits of Node's `fetch` that cannot be changed from here.
const own: Readonly<Record<string, 'headers' | 'idle'>> = {
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'idle',
}
