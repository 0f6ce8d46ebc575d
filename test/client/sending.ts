import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { OutgoingRequest, Send } from '../../src/client/layer.ts'
import { transportOf } from '../../src/client/transport.ts'

/** A request as plain data, for tests of what stands around the sending. */
export function outgoing(
  url: string | URL,
  {
    body,
    ...request
  }: Partial<Omit<OutgoingRequest, 'headers' | 'body' | 'url'>> & {
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | OutgoingRequest['body']
  } = {},
): OutgoingRequest {
  return {
    method: 'GET',
    signal: new AbortController().signal,
    ...request,
    url: new URL(url),
    headers: new Headers(request.headers),
    body: typeof body === 'string' ? { open: () => body, replayable: true } : body,
  }
}

/** Sends over a real socket, and follows no redirect. */
export const send: Send = transportOf(fetch, { redirect: 'manual' })

/** A server of plain Node on a free port. */
export interface PlainServer extends AsyncDisposable {
  readonly url: string
  /** The requests so far, the first one first. */
  readonly requests: readonly IncomingMessage[]
}

/** Serves until the scope ends. */
export async function plainServer(
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void,
): Promise<PlainServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response, requests.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
