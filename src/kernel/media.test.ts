import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Media, media } from './media.ts'

test('a finished representation keeps its body and type as they are', () => {
  const bytes = new Uint8Array([1, 2, 3])
  const page = media('<h1>Hi</h1>', 'text/html; charset=utf-8')
  const image = media(bytes, 'image/png')
  assert.ok(page instanceof Media)
  assert.equal(page.body, '<h1>Hi</h1>')
  assert.equal(page.type, 'text/html; charset=utf-8')
  assert.equal(image.body, bytes)
})
