import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { cutUp, streamed } from '../../../test/client/streamed.ts'
import { ItemError } from './item.ts'
import { jsonLines } from './json-lines.ts'

const all = (text: string, size = 3) => Array.fromAsync(jsonLines(streamed(cutUp(text, size)).stream))

async function fault(text: string, schema?: z.ZodType): Promise<string> {
  const seen: unknown[] = []
  try {
    for await (const item of jsonLines(new Response(text), { schema })) seen.push(item)
  } catch (error) {
    assert.ok(error instanceof ItemError)
    return `${seen.length} read, ${error.position}: ${error.message}`
  }
  return 'no fault'
}

suite('JSON Lines', () => {
  test('are read wherever the parts are cut', async () => {
    const items = [{ a: '€😀' }, 1, null, 'x', [true]]
    const text = items.map((item) => JSON.stringify(item)).join('\r\n')
    for (let size = 1; size < 9; size++) assert.deepEqual(await all(text, size), items)
  })
  test('leave out empty lines', async () => {
    assert.deepEqual(await all('\n1\n\n  \r\n2\n\n'), [1, 2])
    assert.deepEqual(await all(''), [])
  })
  test('say in which line they are no JSON', async () => {
    assert.match(await fault('{}\n\n{"a":}\n'), /^1 read, 3: Line 3 is no JSON \(.+\): the stream was cut off, or/)
    assert.match(await fault('{"a":1}\n{"a":"€'), /^1 read, 2: Line 2 is no JSON/)
  })
  test('are checked by a schema, and given as it makes them', async () => {
    const schema = z.object({ at: z.iso.datetime().transform((text) => new Date(text)) })
    const items = jsonLines(new Response('{"at":"2026-01-01T00:00:00Z","more":1}\n'), { schema })
    const read: readonly { at: Date }[] = await Array.fromAsync(items)
    assert.deepEqual(read, [{ at: new Date('2026-01-01T00:00:00Z') }])
    const Deep = z.object({ list: z.array(z.object({ name: z.string() })) })
    assert.match(
      await fault('{"list":[]}\n{"list":[{"name":1}]}', Deep),
      /^1 read, 2: Line 2 does not fit the schema: list\.0\.name: Invalid input/,
    )
    assert.match(await fault('1', z.string()), /^0 read, 1: Line 1 does not fit the schema: Invalid input/)
  })
  test('let go of the stream when the reader has enough, also at once, and when an item is wrong', async () => {
    const first = streamed(['1\n2\n', '3\n'])
    for await (const _ of jsonLines(first.stream)) break
    assert.equal(first.cancelled(), true)
    const wrong = streamed(['x\n', '3\n'])
    await assert.rejects(Array.fromAsync(jsonLines(wrong.stream)), ItemError)
    assert.equal(wrong.cancelled(), true)
    const large = streamed(['1\n', '2\n', '3\n'])
    for await (const item of jsonLines(large.stream)) if (item === 2) break
    assert.equal(large.cancelled(), true)
  })
})

suite('JSON text sequences', () => {
  test('are read wherever the parts are cut, with line breaks inside of a text', async () => {
    const text = '\x1e{"a":\n "€"}\n\x1e12\n\x1e[\n]\n'
    for (let size = 1; size < 9; size++) assert.deepEqual(await all(text, size), [{ a: '€' }, 12, []])
  })
  test('may have separators without text, and end without line break where that is clear', async () => {
    assert.deepEqual(await all('\x1e\x1e{}\n\x1e{"a":1}'), [{}, { a: 1 }])
  })
  test('say which record was cut off', async () => {
    assert.match(await fault('\x1e1\n\x1e12'), /^1 read, 2: Record 2 was cut off/)
    assert.match(await fault('\x1e12\x1e13\n'), /^0 read, 1: Record 1 was cut off/)
    assert.match(await fault('\x1e{}\n\x1e{"a"'), /^1 read, 2: Record 2 is no JSON/)
  })
})
