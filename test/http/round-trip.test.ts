import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { serve } from './served.ts'

const Part = z
  .object({
    no: z.int().meta({ xml: { attribute: true } }),
    name: z.string(),
    price: z.number().nullable(),
    get parts() {
      return z.array(Part).optional()
    },
  })
  .meta({ id: 'Part' })
const Everything = z
  .object({
    text: z.string(),
    'odd name': z.string().optional(),
    _x0041_: z.boolean(),
    maybe: z.string().nullable(),
    flag: z.boolean().nullable().optional(),
    float: z.number(),
    words: z.array(z.string()),
    grid: z.array(z.array(z.int())),
    flat: z.array(z.string()).meta({ xml: { wrapped: false, name: 'one' } }),
    entries: z.record(z.string(), z.number()),
    parts: z.array(Part),
    choice: z.union([
      z.object({ kind: z.literal('a'), a: z.int() }),
      z.object({ kind: z.literal('b'), b: z.string() }),
    ]),
  })
  .meta({ id: 'Everything' })

type Random = () => number

/** Numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const scraps = [
  '',
  'a',
  ' ',
  'ë',
  '<',
  '&',
  '>',
  '"',
  "'",
  '\n',
  '\r',
  '\t',
  '😀',
  ']]>',
  'yes',
  'null',
  '~',
  '#',
  ': ',
  '- ',
  '1',
  '_x',
  '%',
  '{',
  '\u0085',
  '\u2028',
  '\ufeffx',
  '-->',
  '!!',
  '*a',
  '|',
  '0x1',
  '1e3',
  '.inf',
  '2020-01-01',
]

const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1))
const some = <T>(random: Random, make: () => T): T[] => Array.from({ length: upTo(random, 3) }, make)
const textOf = (random: Random): string => some(random, () => scraps[upTo(random, scraps.length - 1)] ?? '').join('')
const intOf = (random: Random): number => upTo(random, 2_000_000) - 1_000_000
const numberOf = (random: Random): number => [intOf(random), random(), -random() * 1e21, 1e-7][upTo(random, 3)] ?? 0

function partOf(random: Random, depth: number): z.input<typeof Part> {
  const parts = depth < 3 && random() < 0.5 ? { parts: some(random, () => partOf(random, depth + 1)) } : {}
  return { no: intOf(random), name: textOf(random), price: random() < 0.5 ? null : numberOf(random), ...parts }
}

function everythingOf(random: Random): z.input<typeof Everything> {
  return {
    text: textOf(random),
    ...(random() < 0.5 && { 'odd name': textOf(random) }),
    _x0041_: random() < 0.5,
    maybe: random() < 0.3 ? null : textOf(random),
    ...(random() < 0.5 && { flag: [true, false, null][upTo(random, 2)] ?? null }),
    float: numberOf(random),
    words: some(random, () => textOf(random)),
    grid: some(random, () => some(random, () => intOf(random))),
    flat: some(random, () => textOf(random)),
    entries: Object.fromEntries(some(random, () => [`k${textOf(random)}`, numberOf(random)])),
    parts: some(random, () => partOf(random, 0)),
    choice: random() < 0.5 ? { kind: 'a', a: intOf(random) } : { kind: 'b', b: textOf(random) },
  }
}

const formats = ['json', 'xml', 'yaml'] as const
const echo = service({
  name: 'echo',
  input: Everything,
  output: Everything,
  on: post('/echo', { consumes: formats, produces: formats }),
  handle: ({ input }) => input,
})

suite('200 values come back as they were sent', () => {
  for (const format of formats) {
    test(`as ${format}`, async () => {
      await using served = await serve([echo])
      const ask = async (type: string, accept: string, body: string): Promise<string> => {
        const headers = { 'Content-Type': type, Accept: accept }
        const reply = await served.fetch(new Request('http://test/echo', { method: 'POST', headers, body }))
        const text = await reply.text()
        assert.equal(reply.status, 200, `${text}\n${body}`)
        return text
      }
      const random = seeded(7)
      for (let round = 0; round < 200; round++) {
        const value = JSON.stringify(everythingOf(random))
        const written = await ask('application/json', `application/${format}`, value)
        const read = await ask(`application/${format}`, 'application/json', written)
        assert.deepEqual(JSON.parse(read), JSON.parse(value), written)
      }
    })
  }
})
