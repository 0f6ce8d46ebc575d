import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import { root } from '../../scripts/root.ts'
import { helloFile, type TemporaryApp, temporaryApp } from './temporary-app.ts'
import { run } from './trestle.ts'

const employees = join(root, 'examples/employee')

const shopFile = [
  "import { any, defineProblem, del, get, media, post, service } from 'trestle'",
  "import { z } from 'zod'",
  "console.log('printed while loading')",
  "const soldOut = defineProblem({ code: 'sold_out', status: 409, title: 'Sold out' })",
  'const Item = z.object({ id: z.int() })',
  "export const buy = service({ summary: 'Buy an item', input: Item.extend({ count: z.int().default(1) }), output: Item,",
  "  on: post('/items/{id}/buy'), handle: ({ input, log }) => {",
  "    console.log('printed while running')",
  "    log.info({ id: input.id }, 'Buying')",
  "    return input.count > 9 ? soldOut('Only nine are left') : input } })",
  "export const drop = service({ input: Item, on: [del('/items/{id}'), any('/drop', { hidden: true })], handle: () => {} })",
  "export const page = service({ on: get('/'), handle: () => media('<h1>Shop</h1>', 'text/html') })",
  "export const lie = service({ output: Item, handle: () => ({ id: 'one' }) })",
  "export const fail = service({ on: get('/fail'), handle: () => { throw new Error('no stock list') } })",
  '',
].join('\n')

function shop(): Promise<TemporaryApp> {
  return temporaryApp({ 'services/shop.ts': shopFile })
}

suite('trestle routes', { concurrency: true }, () => {
  test('lists the channels in a table, sorted by path, and prints nothing else', async () => {
    await using app = await shop()
    const { code, stdout, stderr } = await run(['routes', app.folder])
    assert.equal(code, 0)
    assert.equal(stderr, 'printed while loading\n')
    assert.equal(
      stdout,
      [
        'METHOD  PATH             SERVICE    SUMMARY',
        'GET     /                shop.page',
        'ANY     /drop            shop.drop',
        'GET     /fail            shop.fail',
        'DELETE  /items/{id}      shop.drop',
        'POST    /items/{id}/buy  shop.buy   Buy an item',
        '',
      ].join('\n'),
    )
  })

  test('shows prefixes, WebSocket and parameters that span segments', async () => {
    const file = `import { get, group, service, stream } from 'trestle'
import { z } from 'zod'
const live = group({ prefix: '/live' })
export const chat = service({
  input: z.object({ room: z.string() }), output: stream(z.string()), on: live.websocket('/{room}'), handle: () => [],
})
export const read = service({ input: z.object({ path: z.string() }), on: get('/files/{path*}'), handle: () => {} })
`
    const config = `import { defineApp } from 'trestle'
export const app = defineApp({ prefix: '/api' })
`
    await using app = await temporaryApp({ 'services/a.ts': file, 'trestle.config.ts': config })
    const { stdout } = await run(['routes', app.folder])
    assert.match(stdout, /^GET {5}\/api\/files\/\{path\*\} +a\.read/m)
    assert.match(stdout, /^WS {6}\/api\/live\/\{room\} +a\.chat/m)
  })

  test('lists them as JSON with --json', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
    const { code, stdout } = await run(['routes', '--json'], { cwd: app.folder })
    assert.equal(code, 0)
    assert.deepEqual(JSON.parse(stdout), [
      { method: 'GET', path: '/hello', service: 'greeting.hello', summary: 'Say a word' },
    ])
  })
})

suite('trestle openapi', { concurrency: true }, () => {
  const versions = { '3.0': /^3\.0\./, '3.1': /^3\.1\./, '3.2': /^3\.2\./ }
  for (const [version, exact] of Object.entries(versions)) {
    test(`prints the document in version ${version}, as JSON and as YAML`, async () => {
      const json = await run(['openapi', employees, '--version', version])
      const yaml = await run(['openapi', employees, '--version', version, '--format', 'yaml'])
      assert.deepEqual([json.code, json.stderr, yaml.code, yaml.stderr], [0, '', 0, ''])
      const document = JSON.parse(json.stdout)
      assert.match(document.openapi, exact)
      assert.equal(document.info.title, 'Employee API')
      assert.deepEqual(parse(yaml.stdout), document)
    })
  }

  test('prints version 3.1 as JSON by default, or writes it to a file', async () => {
    await using app = await shop()
    const output = join(app.folder, 'openapi.json')
    const printed = await run(['openapi', app.folder])
    assert.match(printed.stdout, /^\{\n {2}"openapi": "3\.1\./)
    const written = await run(['openapi', app.folder, '--output', output])
    assert.deepEqual([written.code, written.stdout], [0, ''])
    assert.equal(await readFile(output, 'utf8'), printed.stdout)
  })

  test('says in one sentence that the file cannot be written', async () => {
    const { code, stdout, stderr } = await run(['openapi', employees, '--output', 'none/openapi.json'])
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^Cannot write .*openapi\.json \(.*\): choose another --output\n$/)
  })
})

suite('trestle invoke', { concurrency: true }, () => {
  test('prints the output as JSON, and logs to standard error', async () => {
    const { code, stdout, stderr } = await run([
      'invoke',
      'employee.get-employee',
      '{"employee_no": 123}',
      '--app',
      employees,
    ])
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '{\n  "name": "John Doe",\n  "department": "HR"\n}\n' })
    assert.match(stderr, /info +Returning employee data .*employee_no=123/)
  })

  test('reads the input from standard input, and keeps what the app prints out of the output', async () => {
    await using app = await shop()
    const { code, stdout, stderr } = await run(['invoke', 'shop.buy', '-'], { cwd: app.folder, input: '{ "id": 7 }' })
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '{\n  "id": 7\n}\n' })
    assert.match(stderr, /printed while loading\nprinted while running\n.*Buying/)
  })

  test('prints a finished representation as it is, and nothing for a service without output', async () => {
    await using app = await shop()
    const page = await run(['invoke', 'shop.page', '--app', app.folder])
    assert.deepEqual([page.code, page.stdout], [0, '<h1>Shop</h1>\n'])
    const drop = await run(['invoke', 'shop.drop', '{"id":1}', '--app', app.folder])
    assert.deepEqual([drop.code, drop.stdout], [0, ''])
  })

  const refused: Readonly<Record<string, readonly [string[], RegExp]>> = {
    'a problem': [['shop.buy', '{"id":1,"count":10}'], /^Sold out \(sold_out\): Only nine are left\n$/m],
    'every finding about the input': [
      ['shop.buy', '{"count":"x"}'],
      /^Invalid input \(invalid_input\).*\n( {2}\/(count|id): \S.*\n){2}$/m,
    ],
    'that an output breaks its model': [['shop.lie'], /^Invalid output \(invalid_output\)/m],
    'that an input is missing': [['shop.drop'], /^Invalid input \(invalid_input\).*\n {2}\/id: \S.*\n$/m],
    'what a service failed with': [
      ['shop.fail'],
      /^shop\.fail failed: Error: no stock list\n +at .*services\/shop\.ts:\d+/m,
    ],
    'the name that may have been meant': [
      ['shop.bye'],
      /^There is no service 'shop\.bye', did you mean shop\.buy\? This app has:\n {2}shop\.buy\n {2}shop\.drop\n/m,
    ],
    'the names there are': [['employee'], /^There is no service 'employee'\. This app has:\n {2}shop\.buy\n/m],
  }
  for (const [what, [args, sentence]] of Object.entries(refused)) {
    test(`says ${what} on standard error, with exit code 1`, async () => {
      await using app = await shop()
      const { code, stdout, stderr } = await run(['invoke', ...args], { cwd: app.folder })
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, sentence)
    })
  }
})
