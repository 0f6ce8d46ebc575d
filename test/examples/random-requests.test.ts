import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { Agent, request as send } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import type { OpenApiDocument } from '../../src/openapi/openapi-document.ts'
import { documentedReplies, type ReceivedReply } from './documented-reply.ts'
import { random } from './random.ts'
import { type RandomRequest, randomRequests } from './random-request.ts'
import { serveExample } from './served-example.ts'

const rounds = 20
const inRound = 500
const atOnce = 16

/** What takes the place of providers, so that nobody has to wait. */
const uses: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  httpbin: { timer: { wait: async () => {} } },
}

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())

for (const { name } of examples) {
  test(`${name} answers ${rounds * inRound} random requests as its document says`, async () => {
    const faults: string[] = []
    // What one round has stored would make the replies of the next ones long.
    for (let round = 0; round < rounds && faults.length === 0; round++) faults.push(...(await faultsOf(name, round)))
    assert.deepEqual(faults, [])
  })
}

async function faultsOf(name: string, seed: number): Promise<readonly string[]> {
  await using example = await serveExample(name, { use: uses[name] ?? {} })
  const document = (await (await fetch(`${example.url}/openapi.json`)).json()) as OpenApiDocument
  const next = randomRequests(document, random(seed))
  const faultOf = documentedReplies(document)
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const faults: string[] = []
  let left = inRound
  const work = async (): Promise<void> => {
    while (left-- > 0 && faults.length < 20) {
      const request = next()
      const reply = await answerTo(request, example.port, agent)
      const fault = failure(reply) ?? (request.path && faultOf(request.path, request.method, reply))
      if (fault) faults.push(`${textOf(request)}: ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  agent.destroy()
  return faults
}

function failure({ status, body }: ReceivedReply): string | undefined {
  return status >= 500 && status !== 501 ? `status ${status}: ${body.slice(0, 200)}` : undefined
}

function textOf({ method, target, body, headers }: RandomRequest): string {
  return `${method} ${target} ${body ?? ''} ${JSON.stringify(headers)}`
}

function answerTo(request: RandomRequest, port: number, agent: Agent): Promise<ReceivedReply> {
  const { method, target, headers, body } = request
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedReply>()
  const length = body === undefined ? {} : { 'Content-Length': body.length }
  const sent = send(
    { port, host: '127.0.0.1', agent, method, path: target, headers: { ...headers, ...length } },
    (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        const { statusCode: status = 0, headers: received } = reply
        resolve({ status, type: received['content-type'], body: Buffer.concat(chunks).toString() })
      })
    },
  )
  sent.on('error', (error) => reject(new Error(`${method} ${target}: ${error.message}`)))
  sent.end(body)
  return promise
}
