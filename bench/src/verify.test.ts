import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { Job } from './jobs.ts'
import type { RunningServer } from './running.ts'
import { verify } from './verify.ts'

const job: Job = {
  name: 'get',
  exchanges: [{ question: { method: 'GET', path: '/users/1' }, answer: { id: 1 } }],
  refused: [{ method: 'GET', path: '/users/abc' }],
}

type Replies = Readonly<Record<string, readonly [status: number, body: unknown]>>

async function check(replies: Replies, checks = true): Promise<void> {
  const server = createServer(({ url = '' }, response) => {
    const [status, body] = replies[url] ?? [404, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  const running: RunningServer = {
    contender: { name: 'hono', language: 'node', file: 'hono.ts', label: 'hono', python: undefined, checks },
    port: address.port,
    startUp: 0,
    usage: async () => ({ cpu: 0, rss: 0 }),
    [Symbol.asyncDispose]: async () => {},
  }
  try {
    await verify(running, job)
  } finally {
    server.close()
  }
}

test('a server that does the job passes', async () => {
  await check({ '/users/1': [200, { id: 1 }], '/users/abc': [422, {}] })
})

test('an undeclared field fails the bench', async () => {
  await assert.rejects(
    check({ '/users/1': [200, { id: 1, password_hash: 'x' }] }),
    /^Error: hono does another job: GET \/users\/1 must be answered with 200 and \{"id":1\}, but was answered with 200/,
  )
})

test('another status fails the bench', async () => {
  await assert.rejects(check({ '/users/1': [201, { id: 1 }] }), /but was answered with 201/)
})

test('a server that says it checks must refuse; the bare one need not', async () => {
  const lenient: Replies = { '/users/1': [200, { id: 1 }], '/users/abc': [200, { id: null }] }
  await assert.rejects(check(lenient), /hono does less than the others: it must refuse GET \/users\/abc/)
  await check(lenient, false)
})
