import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { client } from '../../src/client/client.ts'
import { get, service } from '../../src/index.ts'
import { serveApp } from '../http/app-served.ts'
import { plainServer } from './sending.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'

test('a service that calls another server passes on its correlation id and its trace, with a span for each attempt', async () => {
  await using behind = await plainServer((_, response, number) =>
    response.writeHead(number === 1 ? 503 : 200).end('{}'),
  )
  const relay = service({
    name: 'relay',
    output: z.object({}),
    on: get('/relay'),
    handle: (call) =>
      client(behind.url, { trace: call, retry: { backoff: 0 } })
        .get('/x')
        .json(z.object({})),
  })
  await using app = await serveApp({ services: [relay] })
  const headers = { 'x-correlation-id': 'order-7', traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'a=1' }
  assert.equal((await fetch(`http://127.0.0.1:${app.port}/relay`, { headers })).status, 200)
  const seen = behind.requests.map((request) => request.headers)
  assert.deepEqual(
    seen.map((each) => [each['x-correlation-id'], String(each.traceparent).slice(0, 36), each.tracestate]),
    [
      ['order-7', `00-${traceId}-`, 'a=1'],
      ['order-7', `00-${traceId}-`, 'a=1'],
    ],
  )
  assert.equal(new Set(seen.map((each) => each.traceparent)).size, 2)
})
