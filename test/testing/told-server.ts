import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the server got it. */
export interface ToldRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A server that remembers what it was sent. */
export interface ToldServer extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly ToldRequest[]
}

/** Serves on a free port; an answer of nothing is an empty 200. */
export async function toldServer(
  answer: (request: ToldRequest, response: ServerResponse, count: number) => void = (_, response) => response.end(),
): Promise<ToldServer> {
  const requests: ToldRequest[] = []
  const server = createServer(async (message, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of message) chunks.push(chunk as Uint8Array)
    const { method = '', url: path = '', headers } = message
    const request = { method, path, headers, body: Buffer.concat(chunks).toString() }
    requests.push(request)
    answer(request, response, requests.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${port}`, requests, [Symbol.asyncDispose]: close }
}
