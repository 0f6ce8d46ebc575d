import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createApp, get, type Logger, service } from 'trestle'
import type { AppOptions } from '../../src/index.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { RawConnection } from '../http/raw-connection.ts'
import { redis, skipWithout } from '../machine.ts'
import { redisServer } from './redis-server.ts'

const narrow = service({ name: 'narrow', on: get('/narrow', { limit: '3/hour' }), handle: () => {} })
const ask = new Request('http://localhost/narrow')

/** Two processes that serve with the same settings: a child, and this one. */
async function twoProcesses(settings: Partial<AppOptions>) {
  const child = fork(join(import.meta.dirname, 'limited-process.ts'), [JSON.stringify(settings)])
  const app = createApp({ log: 'silent', mode: 'production', services: [narrow], ...settings })
  const { port } = await app.listen({ port: 0 })
  const [other] = await once(child, 'message')
  return {
    ports: [port, Number(other)],
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await Promise.all([once(child, 'exit'), app.close()])
    },
  }
}

async function statusAt(port: number): Promise<number> {
  await using connection = await RawConnection.open(port)
  connection.send('GET /narrow HTTP/1.1\r\nHost: localhost\r\n\r\n')
  return (await connection.reply()).status
}

/** The statuses of 50 parallel calls, half of them for each process, in order. */
async function fifty(ports: readonly number[]): Promise<readonly number[]> {
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, call) => statusAt(ports[call % 2] as number)))
  return statuses.sort()
}

const threePass: readonly number[] = [...Array<number>(3).fill(204), ...Array<number>(47).fill(429)]

/** A logger that keeps the messages of errors. */
function listening(): { readonly log: Logger; readonly errors: readonly string[] } {
  const errors: string[] = []
  const error = (_: unknown, text?: string): void => void errors.push(text ?? '')
  const log: Logger = { ...silentLogger, error, child: () => log }
  return { errors, log }
}

describe('processes that share a data folder', () => {
  test('count parallel calls exactly, and remember them after a restart', async () => {
    const data = mkdtempSync(join(tmpdir(), 'trestle-limits-'))
    {
      await using processes = await twoProcesses({ data })
      assert.deepEqual(await fifty(processes.ports), threePass)
    }
    await using app = createApp({ log: 'silent', data, mode: 'production', services: [narrow] })
    const { port } = await app.listen({ port: 0 })
    assert.equal(await statusAt(port), 429)
    await app.close()
    rmSync(data, { recursive: true })
  })
})

const program = redis()

describe('processes that share a Redis', { skip: skipWithout('Redis', program) }, () => {
  test('count parallel calls exactly', async () => {
    assert.ok(program)
    await using server = await redisServer(program)
    await using processes = await twoProcesses({ limitStore: server.url })
    assert.deepEqual(await fifty(processes.ports), threePass)
  })

  test('refuse calls while it is away, say so once, and go on when it is back', async () => {
    assert.ok(program)
    await using server = await redisServer(program)
    const { log, errors } = listening()
    await using app = createApp({ log, limitStore: server.url, services: [narrow] })
    assert.equal((await app.fetch(ask)).status, 204)
    await server.kill()
    for (let call = 0; call < 2; call++) {
      const reply = await app.fetch(ask)
      assert.deepEqual([reply.status, reply.headers.get('retry-after')], [503, '1'])
      const { detail } = (await reply.json()) as { detail: string }
      assert.equal(detail, 'The limits of the API cannot be checked at the moment')
    }
    const told = errors.filter((each) => each.startsWith('calls cannot be counted'))
    assert.deepEqual(told, ['calls cannot be counted, and are refused meanwhile'])
    await server.restart()
    let status = 503
    while (status === 503) status = (await app.fetch(ask)).status
    assert.equal(status, 204)
  })

  test('let calls pass uncounted while it is away, where the app says so', async () => {
    const { log, errors } = listening()
    const limitStore = { url: 'unix:/nowhere/redis.sock', failOpen: true }
    await using app = createApp({ log, limitStore, services: [narrow] })
    for (let call = 0; call < 5; call++) {
      const reply = await app.fetch(ask)
      assert.deepEqual([reply.status, reply.headers.get('ratelimit')], [204, null])
    }
    assert.deepEqual(errors, ['calls cannot be counted, and are let through meanwhile'])
  })
})
