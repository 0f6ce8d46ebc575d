import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any } from '../../src/http/rest-channel.ts'
import type { Channel } from '../../src/kernel/channel.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { nginxFault, startNginx } from './nginx.ts'
import { jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'
import { smuggled, unknownCodings } from './smuggled.ts'

interface Watched extends AsyncDisposable {
  readonly served: Served
  /** Every path that was asked for, whether a service answered or not. */
  readonly asked: string[]
}

async function watched(): Promise<Watched> {
  const asked: string[] = []
  const note = (name: string, on: Channel): Service =>
    service({ name, input: z.unknown(), on, handle: ({ http }) => void asked.push(http?.path ?? '') })
  const served = await serve([note('first', any('/first')), note('second', any('/second'))], { edge: {} })
  return { served, asked, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() }
}

for (const [status, code, rows] of [
  [400, 'malformed_request', smuggled],
  [501, 'not_implemented', unknownCodings],
] as const) {
  suite(`is answered with ${status}, the connection closed, and the rest of its bytes dropped:`, () => {
    for (const [what, bytes] of Object.entries(rows)) {
      test(what, async () => {
        await using app = await watched()
        await using connection = await RawConnection.open(app.served.port)
        connection.send(bytes)
        const first = await connection.reply()
        // A request that was whole before the fault has its own answer.
        const refusal = first.status === 204 ? await connection.reply() : first
        assert.equal(refusal.status, status)
        assert.equal(jsonOf(refusal).code, code)
        assert.equal(await connection.rest(), '')
        assert.equal(app.asked.includes('/second'), false)
        assert.deepEqual(app.served.errors(), [])
      })
    }
  })
}

test('what comes cut into single bytes is refused alike', async () => {
  await using app = await watched()
  for (const bytes of [smuggled['a length and chunks'], smuggled['two hosts'], smuggled['a target of another host']]) {
    await using connection = await RawConnection.open(app.served.port)
    for (const byte of bytes ?? '') connection.send(byte)
    assert.equal((await connection.reply()).status, 400)
    assert.equal(await connection.rest(), '')
  }
  assert.deepEqual(app.asked, [])
})

const fault = nginxFault()
suite('behind nginx', { skip: fault }, () => {
  test('no bytes of a client become a request that nginx knows nothing of', async () => {
    await using app = await watched()
    await using nginx = await startNginx(app.served.port)
    for (const [what, bytes] of Object.entries({ ...smuggled, ...unknownCodings })) {
      await using connection = await RawConnection.open(nginx.port)
      connection.send(bytes)
      connection.socket.end()
      await connection.rest()
      assert.deepEqual(app.served.errors(), [], what)
    }
    await using connection = await RawConnection.open(nginx.port)
    connection.send(requestText('GET /first', { Connection: 'close' }))
    assert.equal((await connection.reply()).status, 204)
    await connection.rest()
    const passedOn = await nginx.stop()
    // A server may take a line break or a blank for what was meant; but then nginx has to know of both requests.
    const answered = passedOn.flatMap((line) => (line.startsWith('204 ') ? line.slice(4) : []))
    assert.deepEqual(app.asked, answered)
    assert.equal(answered.at(-1), '/first')
  })
})
