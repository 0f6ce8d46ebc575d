import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers what it is told, and counts how often it was asked. */
export interface AnsweringServer extends AsyncDisposable {
  readonly address: string
  /** The bodies of the questions, in their order; `''` for those without. */
  readonly questions: string[]
  /** How many connections were opened to it. */
  readonly connections: () => number
  /** The headers of the last question. */
  readonly headers: () => Readonly<Record<string, unknown>>
  /** What it answers from now on: a status and a body, or nothing at all. */
  answer: { readonly status?: number; readonly body: string; readonly headers?: Record<string, string> } | undefined
}

/** Serves one answer on 127.0.0.1, for sets of keys and introspection. */
export async function answering(body: unknown): Promise<AnsweringServer> {
  const questions: string[] = []
  let headers: Readonly<Record<string, unknown>> = {}
  const server = createServer((request, response) => {
    headers = request.headers
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      questions.push(Buffer.concat(chunks).toString())
      const { answer } = told
      if (answer !== undefined) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body)
    })
  })
  let connections = 0
  server.on('connection', () => {
    connections++
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const told: AnsweringServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    questions,
    connections: () => connections,
    headers: () => headers,
    answer: { body: JSON.stringify(body) },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return told
}
