import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createProxy } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { client } from 'trestle/client'
import { testClock } from '../../src/testing/test-clock.ts'
import { serveApp } from '../http/app-served.ts'
import { headerOf, jsonOf } from '../http/raw-connection.ts'
import { postgres, skipWithout } from '../machine.ts'
import { postgresServer } from '../testing/postgres-server.ts'
import { orders, send } from './idempotent-orders.ts'

const key = 'b9c8a2f4-9d8e-4c4f-8f43-0a5d8e3f6a11'
const programs = postgres()

/** A data folder until the end of the scope. */
function dataFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'trestle-once-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

interface Holder extends AsyncDisposable {
  readonly url: string
  /** How often work was begun. */
  readonly count: () => number
  /** Lets all work go on, also what is begun later. */
  readonly open: () => void
  /** Holds work up again, and settles when some is begun. */
  readonly close: () => Promise<void>
}

/** Counts and holds up the work of other processes. */
async function holder(): Promise<Holder> {
  let count = 0
  let opened = Promise.withResolvers<void>()
  let begun = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    request.resume()
    count += 1
    begun.resolve()
    void opened.promise.then(() => response.end())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    open: () => opened.resolve(),
    close: () => {
      opened = Promise.withResolvers()
      begun = Promise.withResolvers()
      return begun.promise
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

interface Ordering extends AsyncDisposable {
  readonly child: ChildProcess
  readonly port: number
}

async function orderingProcess(data: string, counter: string): Promise<Ordering> {
  const child = fork(new URL('ordering-process.ts', import.meta.url), [data, counter])
  const ended = once(child, 'exit')
  const early = ended.then(([code]) => assert.fail(`the process ended with ${code} before it took orders`))
  const [port] = (await Promise.race([once(child, 'message'), early])) as [number]
  return {
    child,
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

describe('calls with an Idempotency-Key in several processes', () => {
  test('on one data folder are done once, whoever is asked, restarts or dies', async () => {
    using data = dataFolder()
    await using held = await holder()
    await using one = await orderingProcess(data.path, held.url)
    await using other = await orderingProcess(data.path, held.url)
    let refused = 0
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const { status } = await send(at % 2 === 0 ? one.port : other.port, key)
        if (status === 409 && ++refused === 49) held.open()
        return status
      }),
    )
    assert.deepEqual([held.count(), refused, statuses.filter((each) => each === 201).length], [1, 49, 1])
    const bodies = (await Promise.all([send(one.port, key), send(other.port, key)])).map(jsonOf)
    assert.deepEqual(bodies[0], bodies[1])

    // A process that has begun a call dies: until its lease is over nobody else begins it.
    const clock = testClock()
    const later = orders()
    await using third = await serveApp({ services: [later.order], data: data.path, mode: 'production', clock })
    assert.deepEqual(jsonOf(await send(third.port, key)), bodies[0])
    const begun = held.close()
    const lost = assert.rejects(send(one.port, 'dies'))
    await begun
    await one[Symbol.asyncDispose]()
    await lost
    assert.equal((await send(other.port, 'dies')).status, 409)
    assert.equal((await send(third.port, 'dies')).status, 409)
    clock.advance(31_000)
    assert.equal((await send(third.port, 'dies')).status, 201)
    const again = await send(other.port, 'dies')
    assert.deepEqual([again.status, headerOf(again, 'Idempotency-Replayed')], [201, 'true'])
    assert.deepEqual([later.runs(), held.count()], [1, 2])
  })

  test('are answered after a restart', async () => {
    using data = dataFolder()
    const { order, runs } = orders()
    const settings = { services: [order], data: data.path, mode: 'production' } as const
    const first = await serveApp(settings)
    const body = jsonOf(await send(first.port, key))
    await first[Symbol.asyncDispose]()
    await using second = await serveApp(settings)
    assert.deepEqual([jsonOf(await send(second.port, key)), runs()], [body, 1])
  })

  test('on PostgreSQL are done once', { skip: skipWithout('PostgreSQL', programs) }, async () => {
    await using server = await postgresServer(programs ?? '')
    const opened = Promise.withResolvers<void>()
    const { order, runs } = orders(() => opened.promise)
    const settings = { services: [order], idempotencyStore: server.url.replace('+psycopg2', '') }
    await using one = await serveApp(settings)
    await using other = await serveApp(settings)
    let refused = 0
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const { status } = await send(at % 2 === 0 ? one.port : other.port, key)
        if (status === 409 && ++refused === 49) opened.resolve()
        return status
      }),
    )
    assert.deepEqual([runs(), refused, statuses.filter((each) => each === 201).length], [1, 49, 1])
    const replies = await Promise.all([send(one.port, key), send(other.port, key)])
    assert.deepEqual(jsonOf(replies[0]), { number: 1, item: 'paper', cid: jsonOf(replies[1]).cid })
    assert.deepEqual(
      replies.map((each) => headerOf(each, 'Idempotency-Replayed')),
      ['true', 'true'],
    )
  })
})

describe('our client', () => {
  test('repeats a call whose connection was cut after the work, which is done once', async () => {
    const { order, runs } = orders()
    await using served = await serveApp({ services: [order] })
    let connections = 0
    // Whatever comes back on the first connection does not arrive.
    const proxy = createProxy((inner) => {
      connections += 1
      const cuts = connections === 1
      const outer = connect(served.port, '127.0.0.1')
      inner.pipe(outer)
      outer.on('data', (bytes) => void (cuts ? inner.destroy() : inner.write(bytes)))
      for (const socket of [inner, outer]) socket.on('error', () => {})
      inner.on('close', () => outer.destroy())
      outer.on('close', () => inner.destroy())
    })
    await once(proxy.listen(0, '127.0.0.1'), 'listening')
    try {
      const { port } = proxy.address() as AddressInfo
      const api = client(`http://127.0.0.1:${port}`, { retry: { idempotencyKey: true, backoff: 0 } })
      const reply = await api.post('/orders', { json: { item: 'paper' } })
      assert.deepEqual([reply.status, runs(), connections], [201, 1, 2])
      assert.equal(reply.headers.get('Idempotency-Replayed'), 'true')
    } finally {
      proxy.close()
    }
  })
})
