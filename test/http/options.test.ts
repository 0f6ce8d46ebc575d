import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { get, patch, post, query } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf } from './raw-connection.ts'
import { serve } from './served.ts'

test('OPTIONS says what the methods of a path take', async () => {
  const input = z.object({ name: z.string() })
  const handle = (): void => {}
  await using server = await serve([
    service({
      name: 'all',
      input,
      on: [
        get('/items'),
        post('/items', { consumes: ['json', 'form'] }),
        patch('/items', { consumes: ['yaml'] }),
        query('/items'),
      ],
      handle,
    }),
    service({ name: 'run', on: post('/run'), handle }),
  ])
  const reply = await ask(server.port, 'OPTIONS /items')
  assert.equal(reply.status, 204)
  assert.deepEqual(
    ['Allow', 'Accept-Post', 'Accept-Patch', 'Accept-Query'].map((name) => headerOf(reply, name)),
    [
      'GET, HEAD, OPTIONS, PATCH, POST, QUERY',
      'application/json, application/x-www-form-urlencoded',
      'application/yaml, application/x-yaml, text/yaml',
      'application/json',
    ],
  )
  assert.equal(headerOf(await ask(server.port, 'OPTIONS /run'), 'Accept-Post'), undefined)
})
