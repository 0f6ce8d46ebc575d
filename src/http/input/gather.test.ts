import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import { isProblem, type Problem } from '../../kernel/problem.ts'
import { service } from '../../kernel/service.ts'
import type { UnknownPolicy } from '../../schema/input-model.ts'
import { Invalid } from '../../schema/invalid.ts'
import type { Schema } from '../../schema/schema.ts'
import { any, del, get, patch, post, type RestChannel } from '../rest-channel.ts'
import { FetchExchange } from '../server/fetch-exchange.ts'
import { type Gathered, gatherer } from './gather.ts'

interface Sent {
  readonly params?: readonly string[]
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON unless it is a text or bytes. */
  readonly body?: unknown
  readonly unknown?: UnknownPolicy
  readonly limit?: number
}

/** Gathers what a request sends to a channel of a service with this input. */
async function gather(input: Schema | undefined, channel: RestChannel, sent: Sent = {}): Promise<Gathered> {
  const made = service({ name: 's', ...(input && { input }), on: channel, handle: () => {} })
  const kernel = createKernel({ services: [made], unknown: sent.unknown })
  const entry = kernel.find('s')
  assert.ok(entry)
  const raw = typeof sent.body === 'string' || sent.body instanceof Uint8Array
  const body = sent.body === undefined ? null : raw ? (sent.body as string) : JSON.stringify(sent.body)
  const headers = { ...(body !== null && { 'Content-Type': 'application/json' }), ...sent.headers }
  const method = channel.method === '*' ? 'POST' : channel.method
  const request = new Request(`http://test/x${sent.query ?? ''}`, { method, headers, body })
  const exchange = new FetchExchange(request, kernel.newCid, () => {})
  const limited = { ...channel, options: { ...channel.options, bodyLimit: sent.limit ?? 1000 } }
  return await gatherer(entry, limited)(exchange, sent.params ?? [], kernel.begin(entry, exchange))
}

/** What is wrong with a request, as `place pointer code`: of texts as they are gathered, or of the model. */
async function faults(input: Schema, channel: RestChannel, sent: Sent = {}): Promise<string[]> {
  try {
    const { raw, placeOf } = await gather(input, channel, sent)
    const kernel = createKernel({ services: [service({ name: 's', input, handle: () => {} })], unknown: sent.unknown })
    const checked = await kernel.find('s')?.input?.validate(raw, placeOf)
    return checked instanceof Invalid ? checked.findings.map((each) => `${each.in} ${each.path} ${each.code}`) : []
  } catch (error) {
    if (!isProblem(error)) throw error
    return (error.findings ?? []).map((each) => `${each.in} ${each.path} ${each.code}`)
  }
}

async function refusal(channel: RestChannel, sent: Sent): Promise<Problem> {
  try {
    await gather(Item, channel, sent)
  } catch (error) {
    if (isProblem(error)) return error
    throw error
  }
  throw new Error('it was not refused')
}

const Item = z.object({ id: z.int(), name: z.string(), tags: z.array(z.string()).optional() })
const raw = async (...args: Parameters<typeof gather>): Promise<unknown> => (await gather(...args)).raw

suite('an input is merged', () => {
  test('from path and query, read as their declared types', async () => {
    const sent = { params: ['7'], query: '?name=a+b&tags=x&tags=y' }
    assert.deepEqual(await raw(Item, get('/x/{id}'), sent), { id: 7, name: 'a b', tags: ['x', 'y'] })
  })
  test('from path and body, whose values stay as they are', async () => {
    const sent = { params: ['7'], body: { name: 'a', tags: 'not a list' } }
    assert.deepEqual(await raw(Item, post('/x/{id}'), sent), { id: 7, name: 'a', tags: 'not a list' })
  })
  test('from headers and cookies', async () => {
    const channel = get('/x', { in: { id: 'header', name: 'cookie' } })
    const sent = { headers: { ID: '7', Cookie: 'name=a%20b; other=1' } }
    assert.deepEqual(await raw(Item, channel, sent), { id: 7, name: 'a b' })
  })
  test('from the query where the body has not the member', async () => {
    assert.deepEqual(await raw(Item, post('/x'), { query: '?id=7&name=q', body: { name: 'b' } }), { id: 7, name: 'b' })
  })
  test('from members that are null in the body, which are not missing', async () => {
    const sent = { query: '?name=q', body: { id: 7, name: null } }
    assert.deepEqual(await raw(Item, post('/x'), sent), { id: 7, name: null })
  })
  test('from nothing at all', async () => {
    assert.deepEqual(await raw(Item, get('/x')), {})
    assert.deepEqual(await raw(Item, post('/x')), {})
    assert.deepEqual(await raw(Item, post('/x'), { body: '' }), {})
  })
  test('from a body of any kind where it is no object', async () => {
    assert.deepEqual(await raw(z.array(z.int()), post('/x'), { body: [1, 2], query: '?a=1' }), [1, 2])
    assert.equal(await raw(z.array(z.int()), post('/x')), undefined)
  })
  test('from nothing for a service without input', async () => {
    assert.equal(await raw(undefined, post('/x'), { body: 'not read', query: '?%zz' }), undefined)
  })
  test('without waiting where there is no body to wait for', () => {
    const made = service({ name: 's', input: Item, on: get('/x/{id}'), handle: () => {} })
    const kernel = createKernel({ services: [made] })
    const entry = kernel.find('s')
    assert.ok(entry)
    const exchange = new FetchExchange(new Request('http://test/x/7?name=a'), kernel.newCid, () => {})
    assert.ok(!(gatherer(entry, get('/x/{id}'))(exchange, ['7'], kernel.begin(entry, exchange)) instanceof Promise))
  })
})

suite('of several places', () => {
  test('the path counts before the body, and that before the query', async () => {
    const sent = { params: ['1'], query: '?id=3&name=q', body: { id: 2, name: 'b' } }
    assert.deepEqual(await raw(Item, patch('/x/{id}'), sent), { id: 1, name: 'b' })
  })
  test('the path counts before the query', async () => {
    assert.deepEqual(await raw(Item, del('/x/{id}'), { params: ['1'], query: '?id=3&name=q' }), { id: 1, name: 'q' })
  })
  for (const place of ['header', 'cookie'] as const) {
    test(`a member that comes from a ${place} comes from nowhere else`, async () => {
      const channel = post('/x', { in: { name: place } })
      const sent = { query: '?name=q', body: { id: 7, name: 'b' } }
      assert.deepEqual(await raw(Item, channel, sent), { id: 7 })
      assert.deepEqual(await raw(Item, channel, { ...sent, unknown: 'pass' }), { id: 7 })
      const headers = { Cookie: 'name=n', Name: 'n' }
      assert.deepEqual(await raw(Item, channel, { ...sent, headers }), { id: 7, name: 'n' })
    })
  }
  test('a member that comes from the query does not come from the body', async () => {
    const channel = post('/x', { in: { name: 'query' } })
    assert.deepEqual(await raw(Item, channel, { body: { id: 7, name: 'b' } }), { id: 7 })
    assert.deepEqual(await raw(Item, channel, { query: '?name=q', body: { id: 7, name: 'b' } }), { id: 7, name: 'q' })
  })
  test('a member that is sent under another name does not come under its own', async () => {
    const channel = post('/x', { in: { name: { in: 'header', name: 'X-Name' }, id: { in: 'query', name: 'no' } } })
    const sent = { query: '?id=1&X-Name=q', headers: { Name: 'h' }, body: { id: 2, name: 'b', no: 3 } }
    assert.deepEqual(await raw(Item, channel, { ...sent, unknown: 'strip' }), { no: 3 })
    const right = { query: '?no=1', headers: { 'X-Name': 'h' } }
    assert.deepEqual(await raw(Item, channel, right), { id: 1, name: 'h' })
  })
})

suite('a body', () => {
  const channel = post('/x', { in: { id: { in: 'body', name: 'employee-id' }, name: { in: 'body', name: 'id' } } })
  test('may have members under other names than those of the input', async () => {
    assert.deepEqual(await raw(Item, channel, { body: { 'employee-id': 7, id: 'a' } }), { id: 7, name: 'a' })
  })
  test('has no members under names that stand for others', async () => {
    assert.deepEqual(await raw(Item, channel, { body: { name: 'a' } }), {})
  })
  test('is refused with 415 when it is not JSON, which the reply says', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1']) {
      const { code, status, headers, message } = await refusal(post('/x'), {
        body: '{}',
        headers: { 'Content-Type': type },
      })
      const accepted = { Accept: 'application/json', 'Accept-Post': 'application/json' }
      assert.deepEqual([code, status, headers], ['unsupported_media_type', 415, accepted])
      assert.ok(message.includes(type))
    }
  })
  test('is refused with 415 when it has no type', async () => {
    const { code, message } = await refusal(post('/x'), { body: Buffer.from('{}'), headers: { 'Content-Type': '' } })
    assert.equal(code, 'unsupported_media_type')
    assert.match(message, /send application\/json$/)
  })
  test('is refused with 415 when it is compressed in an unknown way', async () => {
    const { code, headers } = await refusal(post('/x'), { body: {}, headers: { 'Content-Encoding': 'compress' } })
    assert.deepEqual([code, headers], ['unsupported_media_type', { 'Accept-Encoding': 'gzip, deflate, br, zstd' }])
    assert.deepEqual(await raw(Item, post('/x'), { body: {}, headers: { 'Content-Encoding': 'identity' } }), {})
  })
  test('that is empty needs no type', async () => {
    assert.deepEqual(await raw(Item, post('/x'), { body: '', headers: { 'Content-Type': 'text/plain' } }), {})
  })
  test('is refused with 413 beyond the limit', async () => {
    const { code, message } = await refusal(post('/x'), { body: { name: 'xxxxx' }, limit: 15 })
    assert.deepEqual([code, message], ['body_too_large', 'The body may measure 15 bytes'])
    assert.deepEqual(await raw(Item, post('/x'), { body: { name: 'xxxx' }, limit: 15 }), { name: 'xxxx' })
  })
  test('is not read where nothing comes from it', async () => {
    const sent = { params: ['7'], query: '?name=a', body: 'no JSON', headers: { 'Content-Type': 'text/plain' } }
    const channel = post('/x/{id}', { in: { name: 'query', tags: 'query' } })
    assert.deepEqual(await raw(Item, channel, sent), { id: 7, name: 'a' })
  })
})

suite('what the model does not declare', () => {
  const sent = { query: '?q=1&q=2&__proto__=x&r=3', body: { id: 7, name: 'a', b: true } }
  test('is dropped from the query by default', async () => {
    assert.deepEqual(await raw(Item, get('/x'), { query: '?id=7&q=1' }), { id: 7 })
  })
  test('is kept as it was sent for the policies pass and strict', async () => {
    for (const unknown of ['pass', 'strict'] as const) {
      const merged = await raw(Item, post('/x'), { ...sent, unknown })
      assert.deepEqual(merged, { id: 7, name: 'a', b: true, q: ['1', '2'], r: '3' })
      assert.equal(Object.getPrototypeOf(merged), Object.prototype)
    }
  })
  test('does not replace what the body has', async () => {
    const merged = await raw(Item, post('/x'), { query: '?b=q', body: { b: 1 }, unknown: 'pass' })
    assert.deepEqual(merged, { b: 1 })
  })
  test('is refused from each place, with the place', async () => {
    assert.deepEqual(await faults(Item, post('/x'), { ...sent, query: '?q=1', unknown: 'strict' }), [
      'body /b unrecognized_key',
      'query /q unrecognized_key',
    ])
  })
  test('reaches a model that says itself what becomes of it', async () => {
    assert.deepEqual(await faults(z.strictObject({ id: z.int() }), get('/x'), { query: '?id=1&q=1' }), [
      'query /q unrecognized_key',
    ])
    assert.deepEqual(await raw(z.looseObject({ id: z.int() }), get('/x'), { query: '?id=1&q=1' }), { id: 1, q: '1' })
  })
})

suite('an input is refused', () => {
  const Order = z.object({
    id: z.int(),
    count: z.int().min(1),
    express: z.boolean(),
    lines: z.array(z.object({ sku: z.string() })),
    note: z.string().optional(),
  })
  const channel = post('/x/{id}', { in: { count: 'header', express: 'cookie' } })

  test('with every finding at once, of texts and of the model, each with its place', async () => {
    const sent = {
      params: ['abc'],
      query: '?note=1&note=2',
      headers: { Count: '0', Cookie: 'express=maybe' },
      body: { lines: [{ sku: 'a' }, { sku: 5 }, {}] },
    }
    assert.deepEqual((await faults(Order, channel, sent)).sort(), [
      'body /lines/1/sku invalid_type',
      'body /lines/2/sku missing',
      'cookie /express invalid_type',
      'header /count too_small',
      'path /id invalid_type',
      'query /note repeated',
    ])
  })
  test('for what is missing, at the place where it should have been', async () => {
    assert.deepEqual((await faults(Order, channel, { params: ['1'] })).sort(), [
      'body /lines missing',
      'cookie /express missing',
      'header /count missing',
    ])
    assert.deepEqual(await faults(Item, get('/x')), ['query /id missing', 'query /name missing'])
  })
  test('for a text that cannot be read, and not also because it is missing then', async () => {
    assert.deepEqual(await faults(Item, get('/x'), { query: '?id=abc&name=a' }), ['query /id invalid_type'])
    assert.deepEqual(await faults(Item, post('/x'), { query: '?id=abc', body: { name: 'a' } }), [
      'query /id invalid_type',
    ])
  })
  test('for a text of the path, whatever the body has under its name', async () => {
    const sent = { params: ['abc'], body: { id: 'abc', name: 'a' } }
    assert.deepEqual(await faults(Item, post('/x/{id}'), sent), ['path /id invalid_type'])
  })
  test('for a body that is no object, as a whole', async () => {
    for (const body of [[], [{}], 'null', '1', '"x"', 'true']) {
      assert.deepEqual(await faults(Item, post('/x'), { body }), ['body  invalid_type'], JSON.stringify(body))
    }
  })
  test('for a query that is malformed, with 400', async () => {
    for (const channel of [get('/x'), post('/x'), any('/x')]) {
      assert.equal((await refusal(channel, { query: '?id=%zz' })).code, 'malformed_url')
    }
  })
})
