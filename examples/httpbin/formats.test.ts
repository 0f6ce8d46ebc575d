import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf } from '../../test/http/raw-connection.ts'

suite('a reply in another format', () => {
  test('is XML', async () => {
    await using bin = await serveExample('httpbin')
    const reply = await ask(bin.port, 'GET /xml')
    assert.deepEqual([reply.statusLine, headerOf(reply, 'Content-Type')], ['HTTP/1.1 200 OK', 'application/xml'])
    assert.match(reply.body.toString(), /^<\?xml version="1.0" encoding="UTF-8"\?>\n<order id="A-42"/)
  })
})
