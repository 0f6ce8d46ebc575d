import assert from 'node:assert/strict'
import { type Duplex, duplexPair } from 'node:stream'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { problem } from '../../kernel/problem.ts'
import { endConnection, refuseConnection } from './client-error.ts'
import { Connection } from './connection.ts'
import { defaultLimits } from './limits.ts'

const errorOf = (code: string): Error => Object.assign(new Error('Parse Error'), { code })
const fresh = (): Connection => new Connection({ stopping: false })

/** Everything that a connection sends until it ends. */
async function sent(act: (socket: Duplex) => void): Promise<string> {
  const [client, server] = duplexPair()
  act(server)
  return await text(client)
}

suite('a connection on which nothing can be read any more', () => {
  const statuses: Readonly<Record<string, string>> = {
    HPE_INVALID_METHOD: '400 Malformed request',
    HPE_HEADER_OVERFLOW: '431 Request header fields too large',
    HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Body too large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request timeout',
    SOMETHING_NEW: '400 Malformed request',
  }
  for (const [code, status] of Object.entries(statuses)) {
    test(`is answered with ${status} for ${code}`, async () => {
      const reply = await sent((socket) => endConnection(errorOf(code), socket, fresh(), 'the-cid', defaultLimits))
      const [head = '', body = ''] = reply.split('\r\n\r\n')
      assert.deepEqual(head.split('\r\n'), [
        `HTTP/1.1 ${status}`,
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'X-Correlation-ID: the-cid',
        'X-Content-Type-Options: nosniff',
        'Connection: close',
      ])
      assert.equal(JSON.parse(body).cid, 'the-cid')
      assert.equal(JSON.parse(body).status, Number(status.slice(0, 3)))
    })
  }
  test('is answered once', async () => {
    const connection = fresh()
    const reply = await sent((socket) => {
      for (let at = 0; at < 3; at++)
        endConnection(errorOf('HPE_INVALID_METHOD'), socket, connection, 'the-cid', defaultLimits)
    })
    assert.equal(reply.match(/HTTP\/1\.1/g)?.length, 1)
  })
  test('is not answered while a reply is due, but tells who reads a body on it', () => {
    const [, server] = duplexPair()
    const connection = fresh()
    const told: string[] = []
    connection.begun = 2
    connection.answered = 1
    connection.onFault = ({ code }) => told.push(code)
    endConnection(errorOf('ERR_HTTP_REQUEST_TIMEOUT'), server, connection, 'the-cid', defaultLimits)
    assert.deepEqual(told, ['request_timeout'])
    assert.equal(server.writableEnded, false)
    assert.deepEqual([connection.endsWith(1, false), connection.endsWith(2, false)], [false, true])
  })
  test('is ended without a word when what cannot be read belongs to a request that was answered', async () => {
    const connection = fresh()
    connection.begun = 1
    connection.answered = 1
    connection.draining = 1
    assert.equal(
      await sent((socket) => endConnection(errorOf('HPE_INVALID_CHUNK_SIZE'), socket, connection, 'c', defaultLimits)),
      '',
    )
  })
})

test('a refusal outside of any request has the headers of its problem', async () => {
  const refusal = problem('method_not_allowed', 'None', { headers: { Allow: '' } })
  assert.match(await sent((socket) => refuseConnection(refusal, socket, 'c')), /^HTTP\/1\.1 405 .*\r\nAllow: \r\n/s)
})
