import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post, type RestDefaults } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { boundary, formBody, multipart } from './form-body.ts'
import { ask, jsonOf, type RawReply } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const signUp = service({
  name: 'sign-up',
  input: z.object({
    name: z.string(),
    age: z.int().optional(),
    news: z.boolean().default(false),
    email: z.email().optional(),
    size: z.enum(['s', 'm']).optional(),
    tags: z.array(z.string()).optional(),
    points: z.array(z.int()).optional(),
    note: z.string().nullable().optional(),
  }),
  output: z.unknown(),
  on: post('/people', { consumes: ['form', 'multipart', 'json'] }),
  handle: ({ input }) => input,
})

async function send(served: Served, body: string | Uint8Array, type = ''): Promise<RawReply> {
  return await ask(served.port, 'POST /people', { 'Content-Type': `application/x-www-form-urlencoded${type}` }, body)
}

suite('a form', () => {
  test('is coerced by declared type', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, 'name=Ada+L%C3%B6we&age=36&news=true&size=m&tags=a&tags=b&points=7&note=%2B&x=1')
    assert.equal(reply.status, 200, reply.body.toString())
    const wanted = { name: 'Ada Löwe', age: 36, news: true, size: 'm', tags: ['a', 'b'], points: [7], note: '+' }
    assert.deepEqual(jsonOf(reply), wanted)
  })

  test('is the same as multipart, and as JSON', async () => {
    await using served = await serve([signUp])
    const parts = [
      { name: 'name', content: 'Ada' },
      { name: 'age', content: '36' },
      { name: 'points', content: '1' },
      { name: 'points', content: '2' },
    ]
    const wanted = { name: 'Ada', age: 36, news: false, points: [1, 2] }
    assert.deepEqual(jsonOf(await ask(served.port, 'POST /people', multipart, formBody(parts))), wanted)
    const json = { 'Content-Type': 'application/json' }
    const body = '{"name":"Ada","age":36,"points":[1,2]}'
    assert.deepEqual(jsonOf(await ask(served.port, 'POST /people', json, body)), wanted)
    const text = await ask(served.port, 'POST /people', json, '{"name":"Ada","age":"36"}')
    assert.equal(text.status, 422)
  })

  test('has no value for an empty text, except where an empty text is one', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, 'name=&age=&news=&email=&size=&tags=&points=&note=')
    assert.deepEqual(jsonOf(reply), { name: '', news: false, tags: [''], note: '' })
    const parts = ['name', 'age', 'email'].map((name) => ({ name, content: '' }))
    const other = await ask(served.port, 'POST /people', multipart, formBody(parts))
    assert.deepEqual(jsonOf(other), { name: '', news: false })
  })

  test('is refused with every finding', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, 'age=x&email=no&points=1&points=y&news=true&news=false')
    assert.equal(reply.status, 422)
    assert.deepEqual(
      (jsonOf(reply).errors as { readonly path: string; readonly code: string }[]).map(({ path, code }) => [
        path,
        code,
      ]),
      [
        ['/age', 'invalid_type'],
        ['/points/1', 'invalid_type'],
        ['/news', 'repeated'],
        ['/name', 'missing'],
        ['/email', 'invalid_format'],
      ],
    )
  })

  test('may be in Latin-1', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, Buffer.from('name=L\xf6we', 'latin1'), '; charset=iso-8859-1')
    assert.equal(jsonOf(reply).name, 'Löwe')
  })

  test('never reaches a prototype', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, 'name=a&__proto__=x&constructor=y')
    assert.deepEqual(jsonOf(reply), { name: 'a', news: false })
  })

  for (const body of ['name=%', 'name=%ff', Buffer.from('name=\xff', 'latin1')]) {
    test(`is malformed: ${JSON.stringify(body.toString('latin1' as never))}`, async () => {
      await using served = await serve([signUp])
      const reply = await send(served, body)
      assert.equal(reply.status, 400)
      assert.equal(jsonOf(reply).code, 'malformed_body')
    })
  }

  const limits: Record<string, [settings: RestDefaults, body: string, detail: string]> = {
    'too long': [{ bodyLimit: 10 }, 'name=123456', 'The body may measure 10 bytes'],
    'too many texts': [{ uploads: { fields: 2 } }, 'name=1&tags=2&tags=3', 'The form may hold 2 texts'],
    'too long a text': [{ uploads: { fieldLimit: 3 } }, 'name=%C3%BC%C3%BC', "The text 'name' may measure 3 bytes"],
  }
  for (const [what, [settings, body, detail]] of Object.entries(limits)) {
    test(`is refused when it is ${what}`, async () => {
      await using served = await serve([signUp], settings)
      const reply = await send(served, body)
      assert.equal(reply.status, 413)
      assert.equal(jsonOf(reply).detail, detail)
    })
  }

  test('is ignored with GET and HEAD', async () => {
    const find = service({
      name: 'find',
      input: z.object({ q: z.string() }),
      output: z.string(),
      on: get('/find'),
      handle: ({ input }) => input.q,
    })
    await using served = await serve([find])
    const reply = await ask(served.port, 'GET /find?q=a', multipart, formBody([{ name: 'q', content: 'b' }]))
    assert.equal(reply.body.toString(), '"a"')
    assert.equal((await ask(served.port, 'HEAD /find?q=a', multipart, `--${boundary}--`)).status, 200)
  })
})

suite('names with brackets in a form', () => {
  const Line = z.object({ no: z.int(), tags: z.array(z.string()).default([]) })
  const order = service({
    name: 'order',
    input: z.object({ lines: z.array(Line), ship: z.object({ city: z.string(), zip: z.int().optional() }).optional() }),
    output: z.unknown(),
    on: post('/orders', { consumes: ['form', 'multipart'] }),
    handle: ({ input }) => input,
  })
  const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const texts = { 'lines[0][no]': '1', 'lines[1][no]': '2', 'lines[1][tags][]': 'a', 'ship[city]': 'Rome' }
  const wanted = {
    lines: [
      { no: 1, tags: [] },
      { no: 2, tags: ['a'] },
    ],
    ship: { city: 'Rome' },
  }

  test('are members inside members, as in a query', async () => {
    await using served = await serve([order])
    const text = new URLSearchParams(texts).toString()
    assert.deepEqual(jsonOf(await ask(served.port, 'POST /orders', urlencoded, text)), wanted)
    const parts = Object.entries(texts).map(([name, content]) => ({ name, content }))
    assert.deepEqual(jsonOf(await ask(served.port, 'POST /orders', multipart, formBody(parts))), wanted)
  })
  test('make lists of texts', async () => {
    await using served = await serve([signUp])
    const reply = await send(served, 'name=Ada&tags[]=a&tags%5B%5D=b&points[]=7')
    assert.deepEqual(jsonOf(reply), { name: 'Ada', news: false, tags: ['a', 'b'], points: [7] })
  })
  test('are refused where they are wrong', async () => {
    await using served = await serve([order])
    const reply = await ask(served.port, 'POST /orders', urlencoded, 'lines[0][no]=x&ship=y&ship[city]=Rome')
    assert.equal(reply.status, 422)
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'body', path: '/lines/0/no', code: 'invalid_type', message: 'must be an integer' },
      { in: 'body', path: '/ship', code: 'repeated', message: 'must be given once' },
    ])
  })
  test('are known to a strict policy, and others are not', async () => {
    await using served = await serve([order], { unknown: 'strict' })
    const text = new URLSearchParams(texts).toString()
    assert.equal((await ask(served.port, 'POST /orders', urlencoded, text)).status, 200)
    const reply = await ask(served.port, 'POST /orders', urlencoded, `${text}&other[a]=1`)
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'body', path: '/other[a]', code: 'unrecognized_key', message: 'is not known here' },
    ])
  })
})
