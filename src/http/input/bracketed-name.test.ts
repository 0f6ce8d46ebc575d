import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TextNode } from '../../schema/text-tree.ts'
import { bracketedName, plant } from './bracketed-name.ts'

test('a name with brackets is taken apart, and any other is none', () => {
  assert.deepEqual(bracketedName('filter[price][gte]'), { name: 'filter', keys: ['price', 'gte'] })
  assert.deepEqual(bracketedName('tags[]'), { name: 'tags', keys: [''] })
  for (const text of [
    'filter',
    'filter[',
    'filter]',
    '[a]',
    'a[b]c',
    'a[b',
    'a[b[c]]',
    'a[__proto__]',
    'a[constructor]x',
  ]) {
    assert.equal(bracketedName(text), undefined, text)
  }
  assert.equal(bracketedName(`a${'[b]'.repeat(9)}`), undefined)
})

test('a tree does not grow wider than a person would write it', () => {
  const root: TextNode = { texts: [], members: new Map() }
  for (let number = 0; number < 2000; number++) plant(root, [String(number)], ['1'])
  assert.equal(root.members.size, 1000)
})
