import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel } from './input-model.ts'
import { isTextFailure } from './text.ts'
import type { TextNode } from './text-tree.ts'

interface Tree {
  readonly [key: string]: string | readonly string[] | Tree
}

function node(tree: string | readonly string[] | Tree): TextNode {
  if (typeof tree === 'string') return { texts: [tree], members: new Map() }
  if (Array.isArray(tree)) return { texts: [...tree], members: new Map() }
  return { texts: [], members: new Map(Object.entries(tree).map(([key, each]) => [key, node(each)])) }
}

/** What a member of this model reads; of a failure its place and its message. */
function read(model: z.ZodType, tree: string | readonly string[] | Tree): unknown {
  const members = inputModel(z.object({ it: model }), { unknown: 'strip' }).members
  const value = members?.get('it')?.readTree(node(tree))
  return isTextFailure(value) ? `${value.path} ${value.message}` : value
}

suite('texts with names inside a name are read', () => {
  const Price = z.object({ gte: z.number().optional(), lt: z.number().optional() })
  test('as objects, each member by its own type', () => {
    const Filter = z.object({ name: z.string(), price: Price, tags: z.array(z.int()), active: z.boolean().nullable() })
    assert.deepEqual(
      read(Filter, { name: '1', price: { gte: '3', lt: '4.5' }, tags: { '': ['1', '2'] }, active: 'null' }),
      { name: '1', price: { gte: 3, lt: 4.5 }, tags: [1, 2], active: null },
    )
  })
  test('as lists, by index or one behind the other', () => {
    assert.deepEqual(read(z.array(z.int()), { '': ['3', '1'] }), [3, 1])
    assert.deepEqual(read(z.array(z.int()), { 1: '2', 0: '1', 10: '3' }), [1, 2, 3])
    assert.deepEqual(read(z.array(Price), { 0: { gte: '1' }, 1: { lt: '2' } }), [{ gte: 1 }, { lt: 2 }])
    assert.deepEqual(read(z.union([z.int(), z.array(z.int())]), { '': '3' }), [3])
  })
  test('as maps, whose members have one type', () => {
    assert.deepEqual(read(z.record(z.string(), z.int()), { a: '1', b: '2' }), { a: 1, b: 2 })
  })
  test('as a model that holds itself', () => {
    const Tree = z.object({
      name: z.string(),
      get child() {
        return Tree.optional()
      },
    })
    assert.deepEqual(read(Tree, { name: 'a', child: { name: 'b', child: { name: 'c' } } }), {
      name: 'a',
      child: { name: 'b', child: { name: 'c' } },
    })
  })
  test('as the texts they are, where nothing is declared', () => {
    assert.deepEqual(read(Price, { other: '1' }), { other: '1' })
  })
  test('without ever touching a prototype', () => {
    const value = read(z.object({}), { ['__proto__']: { polluted: 'yes' } })
    assert.equal(Reflect.get({}, 'polluted'), undefined)
    assert.equal(Object.getPrototypeOf(value), Object.prototype)
  })
})

suite('what does not fit is refused where it is', () => {
  test('inside objects and lists', () => {
    assert.equal(read(z.object({ a: z.object({ b: z.int() }) }), { a: { b: 'x' } }), '/a/b must be an integer')
    assert.equal(read(z.array(z.int()), { 0: '1', 1: 'x' }), '/1 must be an integer')
  })
  test('where a single value is declared', () => {
    assert.equal(read(z.int(), { a: '1' }), ' must not have members')
  })
  test('where one name is given both ways', () => {
    const tree: TextNode = { texts: ['1'], members: new Map([['a', node('2')]]) }
    const member = inputModel(z.object({ it: z.object({ a: z.int() }) }), { unknown: 'strip' }).members?.get('it')
    const value = member?.readTree(tree)
    assert.ok(isTextFailure(value) && value.code === 'repeated')
  })
})
