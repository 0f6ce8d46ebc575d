import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonSchema } from '../schema/schema.ts'
import type { Definitions, SchemaUse } from './schema-use.ts'
import { sharedSchemas } from './shared-schemas.ts'

const to = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })
const component = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
const use = (side: SchemaUse['side'], schema: JsonSchema, definitions: Definitions, owner = 'Owner'): SchemaUse => {
  return { side, schema, definitions, owner }
}
const open = { type: 'object', properties: { name: { type: 'string' } } }
const closed = { ...open, additionalProperties: false }
const other = { type: 'object', properties: { name: { type: 'integer' } } }

test('a definition becomes a component, and what refers to it refers to the component', () => {
  const list = use('reply', { type: 'array', items: to('Employee') }, { Employee: open })
  const shared = sharedSchemas([list], [])
  assert.deepEqual(shared.components, { Employee: open })
  assert.deepEqual(shared.publish(list), { type: 'array', items: component('Employee') })
})

test('definitions that nothing leads to are dropped; those that others lead to are not', () => {
  const definitions = { A: { type: 'object', properties: { b: to('B') } }, B: open, C: open }
  const shared = sharedSchemas([use('reply', to('A'), definitions)], [])
  assert.deepEqual(shared.components, { A: { type: 'object', properties: { b: component('B') } }, B: open })
})

test('the two sides of a model are one component where only replies are closed', () => {
  const shared = sharedSchemas([use('reply', to('A'), { A: closed }), use('request', to('A'), { A: open })], [])
  assert.deepEqual(shared.components, { A: open })
})

test('a request that refuses further members still says so', () => {
  const shared = sharedSchemas([use('reply', to('A'), { A: closed }), use('request', to('A'), { A: closed })], [])
  assert.deepEqual(shared.components, { A: closed })
})

test('a reply is open even where its model has no name', () => {
  const nameless = use('reply', closed, {})
  assert.deepEqual(sharedSchemas([nameless], []).publish(nameless), open)
})

test('two sides of a model that differ have two names', () => {
  const sent = use('request', to('A'), { A: open })
  const shared = sharedSchemas([sent, use('reply', to('A'), { A: other })], [])
  assert.deepEqual(shared.components, { A: other, AInput: open })
  assert.deepEqual(shared.publish(sent), component('AInput'))
})

test('different models of one name are numbered', () => {
  const uses = [open, other, { type: 'string' }].map((A) => use('reply', to('A'), { A }))
  assert.deepEqual(Object.keys(sharedSchemas(uses, []).components), ['A', 'A2', 'A3'])
})

test('models that look alike but lead to different ones are different', () => {
  const A = { type: 'array', items: to('B') }
  const shared = sharedSchemas([use('reply', to('A'), { A, B: open }), use('reply', to('A'), { A, B: other })], [])
  assert.deepEqual(shared.components, {
    A: { type: 'array', items: component('B') },
    A2: { type: 'array', items: component('B2') },
    B: open,
    B2: other,
  })
})

test('a name that is taken is numbered, and a made-up name never takes that of a model', () => {
  const shared = sharedSchemas(
    [
      use('request', to('A'), { A: open }),
      use('reply', to('A'), { A: other }),
      use('reply', to('AInput'), { AInput: { type: 'string' } }),
      use('reply', to('Problem'), { Problem: open }),
    ],
    ['Problem'],
  )
  assert.deepEqual(shared.components, { A: other, AInput: { type: 'string' }, AInput2: open, Problem2: open })
})

test('a name is made of what OpenAPI allows in names', () => {
  const definitions = { 'Page<Employee/x>': open }
  const paged = use('reply', { $ref: '#/$defs/Page%3CEmployee~1x%3E' }, definitions)
  assert.deepEqual(sharedSchemas([paged], []).publish(paged), component('Page_Employee_x'))
})

test('a model that holds itself is named by its title, else by its owner, and shared all the same', () => {
  const tree = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } }
  const reply = use('reply', tree, {}, 'ReadTreeOutput')
  const shared = sharedSchemas([reply, use('reply', tree, {}, 'ListTreesOutput')], [])
  const expected = { type: 'object', properties: { children: { type: 'array', items: component('ReadTreeOutput') } } }
  assert.deepEqual(shared.components, { ReadTreeOutput: expected })
  assert.deepEqual(shared.publish(reply), component('ReadTreeOutput'))

  const titled = sharedSchemas(
    [use('reply', to('__schema0'), { __schema0: { title: 'big tree', type: 'object' } })],
    [],
  )
  assert.deepEqual(Object.keys(titled.components), ['BigTree'])
})

test('what a library calls a model without a name makes no difference', () => {
  const tree = (name: string): Definitions => ({ [name]: { type: 'array', items: to(name) } })
  const uses = ['__schema0', '__schema7', '0'].map((name) => use('reply', to(name), tree(name), 'Tree'))
  assert.deepEqual(sharedSchemas(uses, []).components, { Tree: { type: 'array', items: component('Tree') } })
})

test('a reference to the root is found in definitions too', () => {
  const definitions = { Leaf: { type: 'object', properties: { parent: { $ref: '#' } } } }
  const tree = { type: 'object', properties: { leaf: to('Leaf') } }
  assert.deepEqual(sharedSchemas([use('reply', tree, definitions, 'Tree')], []).components, {
    Leaf: { type: 'object', properties: { parent: component('Tree') } },
    Tree: { type: 'object', properties: { leaf: component('Leaf') } },
  })
})
