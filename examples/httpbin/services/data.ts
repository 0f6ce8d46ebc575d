import { createHash, randomBytes } from 'node:crypto'
import { any, bytes, get, media, post, service, stream } from 'trestle'
import { z } from 'zod'
import { clientChosen } from '../client-chosen.ts'
import { withContent } from '../content.ts'
import { Args, Told, ToldWhole } from '../models.ts'
import { request } from '../request.ts'
import { timer } from '../timer.ts'

const binary = 'application/octet-stream'
const most = 100 * 1024
const data = service.with({ use: { request }, tags: ['Data'] })

export const range = data({
  summary: 'Answer with so many letters, or with the parts of them that are asked for',
  input: z.object({ n: z.int().positive().max(most) }),
  throws: ['precondition_failed', 'range_not_satisfiable'],
  on: get('/range/{n}', {
    produces: [binary],
    replies: {
      206: { description: 'The parts that were asked for', types: [binary, 'multipart/byteranges'] },
      304: 'The client has what would be sent',
    },
  }),
  handle: ({ input: { n } }) => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'.repeat(n / 26 + 1).slice(0, n)
    return media(letters, binary, { ranges: true, headers: { ETag: `"range${n}"` } })
  },
})

export const streamLines = data({
  summary: 'Tell a request back n times, at most 100',
  input: z.object({ n: z.int().nonnegative() }),
  output: stream(Told.extend({ id: z.int() })),
  on: get('/stream/{n}'),
  handle: function* ({ input: { n }, request }) {
    for (let id = 0; id < Math.min(n, 100); id++) yield { ...request, id }
  },
})

export const randomData = data({
  summary: 'Answer with so many random bytes, at most 100 KiB; those of one seed are the same',
  input: z.object({ n: z.int().nonnegative(), seed: z.string().optional() }),
  on: get('/bytes/{n}', { produces: [binary] }),
  handle: ({ input: { n, seed } }) => {
    const size = Math.min(n, most)
    return media(seed === undefined ? randomBytes(size) : seeded(seed, size), binary)
  },
})

function seeded(seed: string, size: number): Buffer {
  return createHash('shake256', { outputLength: size }).update(seed).digest()
}

export const delay = data({
  summary: 'Tell a request back after so many seconds, at most 10',
  use: { timer },
  input: z.object({ seconds: z.number().nonnegative(), body: bytes() }),
  output: ToldWhole.omit({ json: true }).meta({ id: 'DelayedRequest' }),
  on: any('/delay/{seconds}'),
  handle: async ({ input: { seconds, body }, request, timer, signal }) => {
    await timer.wait(Math.min(seconds, 10), signal)
    return withContent(request, body)
  },
})

export const responseHeaders = clientChosen({
  summary: 'Answer with the headers that the query names',
  tags: ['Data'],
  output: Args,
  on: [get('/response-headers'), post('/response-headers')],
  handle: ({ request: { args, http } }) => {
    for (const [name, given] of Object.entries(args)) {
      const values = [given].flat()
      // Only cookies need a line each (RFC 9110, 5.3).
      const lines = name.toLowerCase() === 'set-cookie' ? values : [values.join(', ')]
      for (const line of lines) http.setHeader(name, line)
    }
    return args
  },
})
