import assert from 'node:assert/strict'
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask } from './raw-connection.ts'
import { serve } from './served.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/'), handle: () => 'hello' })

/** As many as the system lets one process have, with room for its own files, but no more than 10,000. */
function most(): number {
  const said = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout.trim()
  return Math.min(10_000, (Number(said) || 10_000) - 200)
}

interface Slow {
  readonly open: number
}

test('thousands of slow connections are held while others are served, and cut off in the end', async () => {
  const count = most()
  await using served = await serve([greet], { edge: { timeouts: { headers: 0, request: 0 } } })
  const clients = fork(new URL('slow-clients.ts', import.meta.url), [String(served.port), String(count), '100'])
  const [opened] = (await once(clients, 'message')) as [Slow]
  assert.equal(opened.open, count)
  for (let at = 0; at < 500; at++) assert.equal((await ask(served.port, 'GET /')).status, 200)
  const ended = once(clients, 'exit')
  clients.send('end')
  const [held] = (await once(clients, 'message')) as [Slow]
  assert.equal(held.open, count)
  await ended
  assert.deepEqual(served.errors(), [])
})

test('slow connections are cut off, each by itself, when their time is over', async () => {
  await using served = await serve([greet], { edge: { timeouts: { headers: 500 } } })
  const clients = fork(new URL('slow-clients.ts', import.meta.url), [String(served.port), '200', '10'])
  await once(clients, 'message')
  while (served.server.connections > 0)
    assert.equal((await ask(served.port, 'GET /', { Connection: 'close' })).status, 200)
  const ended = once(clients, 'exit')
  clients.send('end')
  await ended
})
