import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { chunked, echo } from './echo.ts'
import { gate } from './gate.ts'
import { jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a client that goes away', () => {
  test('before the reply aborts the signal of its call, and nothing is logged as an error', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/x'))
    const signal = await begun
    assert.equal(signal.aborted, false)
    connection.socket.destroy()
    await once(signal, 'abort')
    assert.equal(signal.reason.name, 'AbortError')
    open()
    await served.server.stop({ deadline: 1000 })
    assert.deepEqual(served.errors(), [])
  })
  test('aborts the signals of all its calls', async () => {
    const signals: AbortSignal[] = []
    const both = Promise.withResolvers<void>()
    const wait = service({
      name: 'wait',
      on: get('/wait'),
      handle: async ({ signal }) => {
        signals.push(signal)
        if (signals.length === 2) both.resolve()
        await once(signal, 'abort')
      },
    })
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait'), requestText('GET /wait'))
    await both.promise
    connection.socket.destroy()
    await Promise.all(signals.map((signal) => signal.aborted || once(signal, 'abort')))
    assert.deepEqual(served.errors(), [])
  })
  test('has aborted the signal also for a call that asks for it later', async () => {
    const begun = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<boolean>()
    const late = service({
      name: 'late',
      on: get('/late'),
      handle: async (call) => {
        begun.resolve()
        await gone.promise
        aborted.resolve(call.signal.aborted)
      },
    })
    await using served = await serve([late], { onReply: () => gone.resolve() })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /late'))
    await begun.promise
    connection.socket.destroy()
    assert.equal(await aborted.promise, true)
  })
  test('is no error of a service that gives up because of it', async () => {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const giveUp = service({
      name: 'give-up',
      on: get('/give-up'),
      after: () => ended.resolve(),
      handle: ({ signal }) =>
        new Promise<void>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          begun.resolve()
        }),
    })
    await using served = await serve([giveUp])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /give-up'))
    await begun.promise
    connection.socket.destroy()
    await ended.promise
    await served.server.stop({ deadline: 1000 })
    assert.deepEqual(served.errors(), [])
  })
  test('does not hide an error of the service', async () => {
    const begun = Promise.withResolvers<void>()
    const fails = service({
      name: 'fails',
      on: get('/fails'),
      handle: async ({ signal }) => {
        begun.resolve()
        await once(signal, 'abort')
        throw new Error('broken')
      },
    })
    const logged = Promise.withResolvers<void>()
    await using served = await serve([fails], { onReply: () => logged.resolve() })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /fails'))
    await begun.promise
    connection.socket.destroy()
    await logged.promise
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(
      served.errors().map(({ message }) => message),
      ['fails failed: broken'],
    )
  })
  test('inside its body is no error', async () => {
    for (const head of [
      'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
      chunked,
    ]) {
      const replied = Promise.withResolvers<number>()
      await using served = await serve([echo], { onReply: (_exchange, status) => replied.resolve(status) })
      await using connection = await RawConnection.open(served.port)
      connection.send(head, head === chunked ? '5\r\n{"tex\r\n' : '{"tex')
      await new Promise((resolve) => setImmediate(resolve))
      connection.socket.resetAndDestroy()
      assert.equal(await replied.promise, 499)
      assert.deepEqual(served.errors(), [])
    }
  })
  test('inside its body, but still listens, is told that the body is not whole', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
    connection.socket.end()
    const reply = await connection.reply()
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'malformed_request')
    assert.equal(await connection.rest(), '')
  })
  test('and whose calls ask for the signal often leaves no listeners behind', async () => {
    const warnings: Error[] = []
    const warn = (warning: Error): void => void warnings.push(warning)
    process.on('warning', warn)
    const counts: number[] = []
    const asks = service({
      name: 'asks',
      on: get('/asks'),
      handle: ({ signal }) => {
        signal.addEventListener('abort', () => {})
      },
    })
    await using served = await serve([asks], {
      onReply: () => void counts.push(1),
    })
    await using connection = await RawConnection.open(served.port)
    for (let at = 0; at < 100; at++) {
      connection.send(requestText('GET /asks'))
      assert.equal((await connection.reply()).status, 204)
    }
    process.off('warning', warn)
    assert.deepEqual(warnings, [])
    assert.ok(counts.length >= 99)
  })
})
