import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { json } from './echo.ts'
import { headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

test('a thousand calls in parallel keep their inputs, cids and signals apart', async () => {
  const open = Promise.withResolvers<void>()
  let waiting = 0
  const mirror = service({
    name: 'mirror',
    input: z.object({ text: z.string(), number: z.int() }),
    output: z.object({ text: z.string(), number: z.int(), cid: z.string(), header: z.string() }),
    on: post('/mirror/{number}'),
    handle: async ({ input, cid, http }) => {
      http?.setHeader('X-Number', String(input.number))
      if (++waiting === 1000) open.resolve()
      await open.promise
      return { ...input, cid, header: String(http?.headers['x-own']) }
    },
  })
  await using served = await serve([mirror])
  const connections = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(served.port)))
  const expected = connections.map((connection, at) => {
    const numbers = Array.from({ length: 10 }, (_, each) => at * 10 + each)
    connection.send(
      ...numbers.map((number) =>
        requestText(
          `POST /mirror/${number}`,
          { ...json, 'X-Correlation-ID': `cid-${number}`, 'X-Own': `own-${number}` },
          JSON.stringify({ text: `text-${number}` }),
        ),
      ),
    )
    return numbers
  })
  for (const [at, connection] of connections.entries()) {
    for (const number of expected[at] ?? []) {
      const reply = await connection.reply()
      assert.deepEqual(jsonOf(reply), { text: `text-${number}`, number, cid: `cid-${number}`, header: `own-${number}` })
      assert.equal(headerOf(reply, 'x-correlation-id'), `cid-${number}`)
      assert.equal(headerOf(reply, 'x-number'), String(number))
    }
  }
  await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
})
