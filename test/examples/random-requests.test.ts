import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { Agent, request as send } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import type { OpenApiDocument } from '../../src/openapi/openapi-document.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { type ReplyCheck, replyCheck } from '../../src/testing/openapi/reply-check.ts'
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

/** Gets credentials for every other round, where an example asks for any. */
const logins: Readonly<Record<string, (url: string) => Promise<Readonly<Record<string, string>>>>> = {
  users: async (url) => {
    const form = { username: 'admin@example.com', password: adminPassword }
    const reply = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) })
    const { access_token: token } = (await reply.json()) as { access_token: string }
    return { Authorization: `Bearer ${token}` }
  },
}

const adminPassword = 'Admin-Pass-123'
process.env.USERS_ADMIN_PASSWORD = adminPassword

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())

for (const { name } of examples) {
  test(`${name} answers ${rounds * inRound} random requests as its document says`, async () => {
    const faults: string[] = []
    // What one round has stored would make the replies of the next ones long.
    const described = await describedBy(name)
    for (let round = 0; round < rounds && faults.length === 0; round++) {
      faults.push(...(await faultsOf(name, described, round)))
    }
    assert.deepEqual(faults, [])
  })
}

/** What an example says of itself: the same in each round, so that its schemas are compiled once. */
interface Described {
  readonly document: OpenApiDocument
  readonly check: ReplyCheck
}

async function describedBy(name: string): Promise<Described> {
  await using example = await serveExample(name)
  const document = (await (await fetch(`${example.url}/openapi.json`)).json()) as OpenApiDocument
  return { document, check: replyCheck(readOpenApi(document), { ownDocument: true }) }
}

async function faultsOf(name: string, { document, check }: Described, seed: number): Promise<readonly string[]> {
  await using example = await serveExample(name, { use: uses[name] ?? {} })
  const next = randomRequests(document, random(seed))
  const shown = seed % 2 === 0 ? {} : ((await logins[name]?.(example.url)) ?? {})
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const faults: string[] = []
  let left = inRound
  const work = async (): Promise<void> => {
    while (left-- > 0 && faults.length < 20) {
      const made = next()
      const request = { ...made, headers: { ...shown, ...made.headers } }
      const reply = await answerTo(request, example.port, agent)
      const { path, method } = request
      const documented = path === undefined ? [] : check({ path, method, ...reply }).map(({ message }) => message)
      for (const fault of [...failure(reply), ...documented]) {
        faults.push(`${textOf(request)}: ${fault}: ${Buffer.from(reply.body).toString().slice(0, 300)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  agent.destroy()
  return faults
}

interface ReceivedReply {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

function failure({ status }: ReceivedReply): readonly string[] {
  return status >= 500 && status !== 501 ? [`status ${status}`] : []
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
        const received = Object.entries(reply.headersDistinct).flatMap(([name, values = []]) => {
          return values.map((value): [string, string] => [name, value])
        })
        resolve({ status: reply.statusCode ?? 0, headers: new Headers(received), body: Buffer.concat(chunks) })
      })
    },
  )
  sent.on('error', (error) => reject(new Error(`${method} ${target}: ${error.message}`)))
  sent.end(body)
  return promise
}
