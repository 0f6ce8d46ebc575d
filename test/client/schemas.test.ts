import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type } from 'arktype'
import { BodyError, client, mock } from 'trestle/client'
import * as v from 'valibot'
import { z } from 'zod'
import { type Equal, proves } from '../types/equal.ts'

const server = mock({
  'GET /good': { id: '7', tags: ['a'] },
  'GET /bad': { id: '7', tags: [1] },
  'GET /list': [{ id: '7', tags: ['a'] }],
})
const api = client('https://api.example', { fetch: server })

interface Found {
  id: number
  tags: string[]
}

suite('the type of what is read', () => {
  test('is unknown, or what is said', async () => {
    const unsaid = await api.get('/good').json()
    proves<Equal<typeof unsaid, unknown>>(true)
    const byCall = await api.get<{ id: string }>('/good').json()
    proves<Equal<typeof byCall, { id: string }>>(true)
    const byReading = await api.get('/good').json<{ id: string }>()
    proves<Equal<typeof byReading, { id: string }>>(true)
    const ofReply = await (await api.get('/good')).json<{ id: string }>()
    proves<Equal<typeof ofReply, { id: string }>>(true)
    assert.deepEqual([unsaid, byCall, byReading], [ofReply, ofReply, ofReply])
  })

  const zod = z.object({ id: z.coerce.number(), tags: z.array(z.string()) })
  const valibot = v.object({ id: v.pipe(v.string(), v.transform(Number)), tags: v.array(v.string()) })
  const arktype = type({ id: 'string.integer.parse', tags: 'string[]' })

  test('is what a schema makes: of Zod', async () => {
    const found = await api.get('/good').json(zod)
    proves<Equal<typeof found, Found>>(true)
    assert.deepEqual(found, { id: 7, tags: ['a'] })
    for await (const item of api.items('/list', { schema: zod })) {
      proves<Equal<typeof item, Found>>(true)
      assert.deepEqual(item, found)
    }
    await assert.rejects(
      api.get('/bad').json(zod),
      fault(/^GET \S+ answered with what does not fit the schema: tags\.0: /),
    )
  })
  test('of Valibot', async () => {
    const found = await api.get('/good').json(valibot)
    proves<Equal<typeof found, Found>>(true)
    assert.deepEqual(found, { id: 7, tags: ['a'] })
    await assert.rejects(api.get('/bad').json(valibot), fault(/the schema: tags\.0: /))
  })
  test('of ArkType', async () => {
    const found = await api.get('/good').json(arktype)
    proves<Equal<typeof found, Found>>(true)
    assert.deepEqual(found, { id: 7, tags: ['a'] })
    await assert.rejects(api.get('/bad').json(arktype), fault(/the schema: tags\.0: /))
  })
})

function fault(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof BodyError)
    assert.match(error.message, message)
    assert.equal(error.issues.length, 1)
    return true
  }
}
