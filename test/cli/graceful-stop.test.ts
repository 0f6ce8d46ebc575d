import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { temporaryApp } from './temporary-app.ts'
import { serve } from './trestle.ts'

/** GET /work answers after a few milliseconds, with more text than one packet holds. */
const workFile = [
  "import { setTimeout } from 'node:timers/promises'",
  "import { get, service } from 'trestle'",
  "import { z } from 'zod'",
  "export const work = service({ output: z.object({ text: z.string() }), on: get('/work'),",
  "  handle: async () => { await setTimeout(Math.random() * 20); return { text: 'x'.repeat(100_000) } } })",
  '',
].join('\n')

type Fate = 'answered' | 'refused' | { readonly lost: string }

/** What became of a call: answered in full, or not taken at all, because nobody listened any more. */
function call(url: string, agent: Agent): Promise<Fate> {
  return new Promise((resolve) => {
    const sent = request(`${url}/work`, { agent }, (response) => {
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
      })
      response.on('end', () => resolve(length > 100_000 ? 'answered' : { lost: `${length} bytes` }))
      response.on('error', ({ message }) => resolve({ lost: message }))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : { lost: error.message })
    })
    sent.end()
  })
}

test('a signal to stop, under load, loses no call that was taken', async () => {
  await using app = await temporaryApp({ 'services/work.ts': workFile })
  await using server = await serve(['start', app.folder])
  const agent = new Agent({ keepAlive: true })
  const fates: Fate[] = []
  const callers = Array.from({ length: 16 }, async () => {
    // The server is gone when nobody takes a call any more.
    while (fates.at(-1) !== 'refused') fates.push(await call(server.url, agent))
  })
  while (fates.length < 200) await new Promise((resolve) => setImmediate(resolve))
  server.signal('SIGTERM')
  await Promise.all(callers)
  agent.destroy()
  assert.deepEqual(
    fates.filter((fate) => typeof fate === 'object'),
    [],
  )
  assert.equal((await server.ended).code, 0)
})
