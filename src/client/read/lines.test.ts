import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cutUp, streamed } from '../../../test/client/streamed.ts'
import { bytes } from './bytes.ts'
import { lines } from './lines.ts'

const all = (parts: readonly (string | Uint8Array)[]) => Array.fromAsync(lines(streamed(parts).stream))

suite('lines', () => {
  const text = 'one\ntwo\r\n\n€uro 😀 ünd\rso\r\n last'
  const expected = ['one', 'two', '', '€uro 😀 ünd\rso', ' last']

  test('are the same wherever the parts are cut', async () => {
    for (let size = 1; size <= 12; size++) assert.deepEqual(await all(cutUp(text, size)), expected, `${size} bytes`)
  })
  test('end with LF or CR LF; the last one needs no end', async () => {
    assert.deepEqual(await all(['a\r\n', 'b\r', '\nc']), ['a', 'b', 'c'])
    assert.deepEqual(await all(['a\n']), ['a'])
    assert.deepEqual(await all(['\n']), [''])
    assert.deepEqual(await all([]), [])
    assert.deepEqual(await all(['', 'a', '']), ['a'])
  })
  test('have U+FFFD where bytes are missing: a stream cut off in the middle of a character', async () => {
    assert.deepEqual(await all([Uint8Array.of(0x61, 0x0a, 0x62, 0xe2, 0x82)]), ['a', 'b\ufffd'])
    assert.deepEqual(await all([Uint8Array.of(0xff, 0x0a, 0x62)]), ['\ufffd', 'b'])
  })
  test('do not have the mark of the byte order', async () => {
    assert.deepEqual(await all([Uint8Array.of(0xef, 0xbb), Uint8Array.of(0xbf, 0x61)]), ['a'])
  })
  test('come when they are there, and no part is read before it is wanted', async () => {
    const { stream, pulled } = streamed(['a\nb', '\nc\n', 'd\n'])
    const read = lines(stream)
    assert.deepEqual([(await read.next()).value, pulled()], ['a', 1])
    assert.deepEqual([(await read.next()).value, pulled()], ['b', 2])
    await read.return()
  })
  test('let go of the stream when the reader has enough', async () => {
    const { stream, cancelled } = streamed(['a\nb\n', 'c\n'])
    for await (const line of lines(stream)) if (line === 'b') break
    assert.equal(cancelled(), true)
    assert.equal(stream.locked, false)
  })
  test('let go of it when the reader fails', async () => {
    const { stream, cancelled } = streamed(['a\nb\n'])
    const read = async () => {
      for await (const line of lines(stream)) throw new Error(line)
    }
    await assert.rejects(read(), /^Error: a$/)
    assert.equal(cancelled(), true)
  })
  test('break with the stream, behind what came', async () => {
    const read = lines(streamed(['a\nb'], new Error('reset')).stream)
    assert.equal((await read.next()).value, 'a')
    await assert.rejects(read.next(), /reset/)
    assert.deepEqual(await read.next(), { done: true, value: undefined })
  })
  test('may be very long', async () => {
    const [line = '', ...others] = await all(Array.from({ length: 2000 }, () => 'x'.repeat(1000)))
    assert.deepEqual([line.length, others.length], [2_000_000, 0])
  })
})

suite('bytes', () => {
  test('are those of a reply, as they come', async () => {
    const parts = await Array.fromAsync(bytes(new Response(streamed(['ab', 'c']).stream)))
    assert.deepEqual(
      parts.map((part) => [...part]),
      [[97, 98], [99]],
    )
  })
  test('are none where a reply has no body', async () => {
    assert.deepEqual(await Array.fromAsync(bytes(new Response(null, { status: 204 }))), [])
  })
})
