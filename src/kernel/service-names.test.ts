import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Service, service } from './service.ts'
import { nameServices, type ServiceTree } from './service-names.ts'

const plain = (name?: string): Service => service({ ...(name !== undefined && { name }), handle: () => {} })

const namesOf = (tree: ServiceTree): string[] => nameServices(tree).map(({ name }) => name)

const exports: readonly (readonly [key: string, name: string])[] = [
  ['getEmployee', 'get-employee'],
  ['GetEmployee', 'get-employee'],
  ['parseURLPath', 'parse-url-path'],
  ['getURL', 'get-url'],
  ['URL', 'url'],
  ['getV2User', 'get-v2-user'],
  ['sha256Sum', 'sha256-sum'],
  ['get-employee', 'get-employee'],
  ['get_employee', 'get_employee'],
  ['list', 'list'],
  ['holeÄnderung', 'hole-änderung'],
]

for (const [key, name] of exports) {
  test(`the export ${key} is named ${name}`, () => {
    assert.deepEqual(namesOf({ [key]: plain() }), [name])
  })
}

test('files and folders come before the name, with dots', () => {
  const tree = { employee: { getEmployee: plain() }, billing: { invoicePDF: { render: plain() } } }
  assert.deepEqual(namesOf(tree), ['employee.get-employee', 'billing.invoice-pdf.render'])
})

test('a module of an app folder is a tree', async () => {
  const code = `import { service } from '${import.meta.resolve('./service.ts')}'
    export const count = 1
    export const getOne = service({ handle: () => {} })`
  const module: object = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  assert.deepEqual(namesOf({ module }), ['module.get-one'])
})

test('a name that the service gives itself stands, wherever it lies', () => {
  assert.deepEqual(namesOf({ employee: { getEmployee: plain('hr.read') } }), ['hr.read'])
})

test('lists and trees hold each other', () => {
  const tree: ServiceTree = [plain('a'), [plain('b'), [plain('c')]]]
  assert.deepEqual(namesOf(tree), ['a', 'b', 'c'])
  assert.deepEqual(namesOf({ more: [plain('d'), { deep: plain() }] }), ['d', 'more.deep'])
})

test('one service object is registered once, under its first name', () => {
  const one = plain()
  assert.deepEqual(namesOf({ first: one, again: one, list: [one] }), ['first'])
})

test('a service without any name is found, nameless, so that start-up can refuse it', () => {
  assert.deepEqual(namesOf([plain()]), [''])
})

test('what is no service is passed over', () => {
  const tree = {
    text: 'a',
    count: 1,
    nothing: null,
    missing: undefined,
    call: () => {},
    when: new Date(0),
    map: new Map(),
  }
  assert.deepEqual(namesOf({ ...tree, one: plain() }), ['one'])
})

test('data that holds itself is passed over too', () => {
  const settings: Record<string, unknown> = { one: plain() }
  settings.self = settings
  settings.list = [settings]
  assert.deepEqual(namesOf({ settings }), ['settings.one'])
})
