import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFrames } from './own-frames.ts'

test('of a stack only the frames in code of the user are shown', () => {
  const here = new URL('.', import.meta.url).href
  const stack = [
    'Error: broken',
    '    at handle (file:///app/services/a.ts:3:71)',
    '    at Array.map (<anonymous>)',
    '    at node:internal/process:1:2',
    '    at parse (file:///app/node_modules/x/y.js:1:2)',
    `    at answer (${here}phrases.ts:40:20)`,
    '    at file:///app/features/steps/b.ts:1:1',
  ]
  assert.deepEqual(ownFrames(stack.join('\n')), [
    'at handle (file:///app/services/a.ts:3:71)',
    'at file:///app/features/steps/b.ts:1:1',
  ])
})
