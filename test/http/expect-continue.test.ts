import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { echo, json, megabyte, plain } from './echo.ts'
import { headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a client that waits for 100 Continue', () => {
  const expecting = (path: string, length: number, type = 'application/json'): string =>
    `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`

  test('is told to go on when its body is wanted', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(expecting('/echo', 12))
    assert.equal((await connection.reply()).status, 100)
    connection.send('{"text":"x"}', requestText('GET /echo/next'))
    const reply = await connection.reply()
    assert.deepEqual(jsonOf(reply), { text: 'x' })
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'next' })
  })
  const refusals: Readonly<Record<string, readonly [status: number, head: string]>> = {
    'whose body is too large': [413, expecting('/echo', 2 * megabyte)],
    'whose body is of the wrong type': [415, expecting('/echo', 5, 'text/plain')],
    'whose path is unknown': [404, expecting('/nothing', 5)],
    'whose body nobody reads': [200, expecting('/plain', 5)],
  }
  for (const [what, [status, head]] of Object.entries(refusals)) {
    test(`and ${what} gets its answer instead, on a connection that is closed then`, async () => {
      await using served = await serve([echo, plain])
      await using connection = await RawConnection.open(served.port)
      connection.send(head)
      const reply = await connection.reply()
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'connection'), 'close')
      assert.equal(await connection.rest(), '')
    })
  }
  test('in HTTP/1.0 is not told to, for that version has no interim replies', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(expecting('/echo', 12).replace('HTTP/1.1', 'HTTP/1.0'), '{"text":"x"}')
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'x' })
    assert.equal(await connection.rest(), '')
  })
  test('or for something unknown is answered as if it did not', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('POST /echo', { ...json, Expect: 'the unexpected' }, '{"text":"x"}'))
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'x' })
  })
})
