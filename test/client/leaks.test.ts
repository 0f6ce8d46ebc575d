import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { suite, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { client } from 'trestle/client'
import { rawServer } from './raw-server.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

async function rested(turns = 6): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

suite('10,000 calls', () => {
  test('leave nothing at a signal that lives on, and no timer', async () => {
    const api = client('http://server.example', {
      fetch: () => Response.json({ ok: true }),
      retry: 1,
      timeout: { total: 60_000, attempt: 50_000, headers: 40_000, idle: 30_000 },
    })
    const { signal } = new AbortController()
    const calls = async (count: number): Promise<number> => {
      for (let call = 0; call < count; call++) {
        await api.get('/', { signal }).json()
        if (call % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await rested()
      return process.memoryUsage().heapUsed
    }
    const timers = (): number => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
    const before = [await calls(2000), timers()] as const
    const after = [await calls(10_000), timers()] as const
    assert.ok(after[0] - before[0] < 4_000_000, `the heap grew by ${after[0] - before[0]} bytes`)
    assert.equal(after[1], before[1])
    assert.equal(getEventListeners(signal, 'abort').length, 0)
  })
})

suite('connections', () => {
  const endless = `HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(300_000)}`

  test('of replies that nobody reads are closed when the replies are forgotten', async () => {
    await using server = await rawServer((socket) => socket.write(endless))
    const api = client(server.url)
    const forget = async (): Promise<number> => (await api.get('/')).status
    for (let call = 0; call < 20; call++) assert.equal(await forget(), 200)
    const closed = server.closed(18)
    const turn = setInterval(collect, 10)
    await closed.finally(() => clearInterval(turn))
  })
  test('are closed by a discard, an abort, a limit and a timeout', async () => {
    await using server = await rawServer((socket) => socket.write(endless))
    const stop = new AbortController()
    const api = client(server.url)
    await (await api.get('/')).discard()
    const reading = api.get('/', { signal: stop.signal }).text()
    const aborted = assert.rejects(reading, { name: 'AbortError' })
    await assert.rejects(api.get('/', { maxBytes: 100 }).text(), { name: 'BodyError' })
    await assert.rejects(api.get('/', { timeout: { idle: 20 } }).text(), { name: 'TimeoutError' })
    await assert.rejects(api.get('/', { timeout: 100 }).text(), { name: 'TimeoutError' })
    stop.abort()
    await aborted
    await server.closed(5)
  })
  test('are one, when 200 replies are read one after the other', async () => {
    await using server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'))
    const api = client(server.url)
    for (let call = 0; call < 200; call++) assert.equal(await api.get('/').text(), 'hi')
    assert.ok(server.open() <= 2, `there are ${server.open()}`)
  })
  test('are not waited for, when 200 calls at once have no answer in time', async () => {
    await using server = await rawServer(() => {})
    const api = client(server.url, { timeout: 300 })
    const calls = await Promise.allSettled(Array.from({ length: 200 }, () => api.get('/')))
    assert.ok(calls.every((call) => call.status === 'rejected' && call.reason.phase === 'total'))
  })
})
