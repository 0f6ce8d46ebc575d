import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chunked, echo, json, megabyte } from './echo.ts'
import { jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a body', () => {
  test('may come in chunks', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked, '3\r\n{"t\r\n1;ext=1\r\ne\r\n8\r\nxt":"y"}\r\n0\r\n\r\n')
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'y' })
  })
  test('in chunks may be empty, which is no body', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 422)
    assert.equal(jsonOf(reply).code, 'invalid_input')
  })
  test('may measure exactly the limit, and not a byte more', async () => {
    await using served = await serve([echo], { bodyLimit: 20 })
    await using connection = await RawConnection.open(served.port)
    const fits = JSON.stringify({ text: '123456789' })
    assert.equal(fits.length, 20)
    connection.send(requestText('POST /echo', json, fits), requestText('POST /echo', json, `${fits} `))
    assert.equal((await connection.reply()).status, 200)
    assert.equal(jsonOf(await connection.reply()).detail, 'The body may measure 20 bytes')
    connection.send(chunked, `14\r\n${fits}\r\n0\r\n\r\n`, chunked, `14\r\n${fits}\r\n1\r\n \r\n0\r\n\r\n`)
    assert.equal((await connection.reply()).status, 200)
    assert.equal((await connection.reply()).status, 413)
  })
  test('that is too large is refused before it has come', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      `POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: ${2 * megabyte}\r\n\r\n`,
    )
    assert.equal((await connection.reply()).status, 413)
  })
  test('of the wrong type is refused before it has come', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n')
    assert.equal((await connection.reply()).status, 415)
  })
  test('without end is cut off some time after it was refused', async () => {
    for (const target of ['/echo', '/nothing']) {
      await using served = await serve([echo])
      await using connection = await RawConnection.open(served.port)
      connection.send(chunked.replace('/echo', target))
      const chunk = Buffer.from(`100000\r\n${'x'.repeat(megabyte)}\r\n`)
      let sent = 0
      while (!connection.socket.destroyed && sent < 200) {
        sent++
        connection.send(chunk)
        await new Promise((resolve) => setImmediate(resolve))
      }
      assert.ok(sent < 200, `${target} took ${sent} MB`)
      assert.match(await connection.rest(), target === '/echo' ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 404 /)
      assert.deepEqual(served.errors(), [])
    }
  })
})
