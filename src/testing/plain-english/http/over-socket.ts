import { decodedBody } from './content-coding.ts'
import type { Outgoing } from './outgoing.ts'
import type { Received } from './received.ts'

/** Sends a request that `fetch` refuses, such as GET with a body. */
export async function overSocket(request: Outgoing, signal: AbortSignal): Promise<Received> {
  const { method, url, headers, body } = request
  // Loaded with the first such request: these modules are slow to load.
  const { request: open } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'))
  return new Promise((resolve, reject) => {
    const length = body === undefined ? [] : ['Content-Length', String(body.length)]
    const sent = open(url, { method, headers: ['Host', url.host, ...headers.flat(), ...length], signal }, (reply) => {
      const chunks: Uint8Array[] = []
      reply.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        const all = new Headers()
        const { rawHeaders } = reply
        for (let at = 0; at < rawHeaders.length; at += 2) all.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
        const bytes = decodedBody(new Uint8Array(Buffer.concat(chunks)), all)
        resolve({ status: reply.statusCode ?? 0, headers: all, bytes })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
