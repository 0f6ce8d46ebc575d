import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { library, libraryDocument, libraryKey } from '../testing/library.ts'
import { type TemporaryApp, temporaryApp } from './temporary-app.ts'
import { type Outcome, run } from './trestle.ts'

const broken = [
  "import { get, service } from 'trestle'",
  "import { z } from 'zod'",
  "export const broken = service({ input: z.object({ n: z.int() }), output: z.object({ n: z.int() }), on: get('/twice/{n}'),",
  "  handle: ({ input }) => { if (input.n > 100) throw new Error('too big'); return { n: input.n } } })",
].join('\n')

const brokenApp = (): Promise<TemporaryApp> => temporaryApp({ 'services/broken.ts': broken })
const generate = (...args: readonly string[]): Promise<Outcome> => run(['test', '--generate', ...args])

suite('trestle test --generate', { concurrency: 2 }, () => {
  test('names each fault as --allow takes it, on the command line or in a file', async () => {
    await using app = await brokenApp()
    const { code, stdout } = await generate(app.folder, '--seed', '7')
    assert.equal(code, 1)
    assert.match(stdout, /\n1\. GET \/twice\/\{n\} server_error 500\n/)
    assert.match(stdout, /\n1 fault found\. Run again with seed 7\.\n$/)
    const allowed = await generate(app.folder, '--seed', '7', '--allow', 'GET /twice/{n} server_error 500')
    assert.deepEqual([allowed.code, allowed.stderr], [0, ''])
    assert.match(allowed.stdout, /server_error 500 {2}may stay\n/)
    await app.write('known.txt', '# What we know of\n\nGET /twice/* server_error  # ticket 7\n')
    const file = join(app.folder, 'known.txt')
    assert.equal((await generate(app.folder, '--seed', '7', '--allow', file)).code, 0)
    assert.equal((await generate(app.folder, '--seed', '7', '--allow', 'lost_update')).code, 1)
  })

  test('repeats one fault by what the report says of it, and takes phases and checks', async () => {
    await using app = await brokenApp()
    const args = [app.folder, '--phases', 'properties', '--examples', '200', '--seed', '3']
    const { stdout } = await generate(...args)
    const [, fault = ''] = /Once more: --seed 3 --replay '([^']+)'\n/.exec(stdout) ?? []
    assert.match(fault, /^GET \/twice\/\{n\} [\d:]+$/)
    const again = await generate(app.folder, '--seed', '3', '--replay', fault)
    assert.equal(again.code, 1)
    assert.match(again.stdout, /1 operation, 1 request /)
    assert.equal((await generate(...args, '--without', 'server-error')).code, 0)
    assert.equal((await generate(...args, '--checks', 'allow_true,safe')).code, 0)
    assert.match((await generate(...args, '--max-time', '0')).stdout, /Ended early: the time was up\.\n/)
  })

  test('tests an API of somebody else with a credential that no report shows', async () => {
    await using server = await library('asks for no key on one operation')
    await using app = await temporaryApp({ 'api.json': JSON.stringify(libraryDocument) })
    const [json, junit] = [join(app.folder, 'report.json'), join(app.folder, 'report.xml')]
    const { code, stdout, stderr } = await generate(
      ...[join(app.folder, 'api.json'), '--address', `${server.url}/api/v2`, '--credential', `key=${libraryKey}`],
      ...['--only', '* /books*', '--seed', '1', '--examples', '5'],
      ...['--reporter', 'pretty', '--reporter', `json:${json}`, '--reporter', `junit:${junit}`, '--fail-under', '100'],
    )
    assert.equal(code, 1, stderr)
    assert.match(stdout, /GET \/books\/\{book\}\/notes authentication_enforced 200\n/)
    assert.match(stdout, /Coverage is \d+ %, below the 100 % that are asked for\./)
    const [asJson, asXml] = [await readFile(json, 'utf8'), await readFile(junit, 'utf8')]
    assert.ok(![stdout, asJson, asXml].join('').includes(libraryKey))
    assert.equal(JSON.parse(asJson).faults[0].check, 'authentication_enforced')
    assert.match(asXml, /<testsuite name="Library" tests="3" failures="2" errors="0" skipped="0"/)
    assert.match(
      asXml,
      /<testcase classname="GET \/books\/\{book\}\/notes" name="authentication_enforced 200">\n +<failure /,
    )
  })

  test('says what is wrong with an option, and ends with 2', async () => {
    await using app = await brokenApp()
    await writeFile(join(app.folder, 'bad.txt'), 'what is this\n')
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [['--replay', 'GET /twice/{n} 0:1'], /add --seed with the number/],
      [['--seed', '1', '--replay', 'GET'], /--replay is 'GET': write it as the report does/],
      [['--seed', 'x'], /--seed is 'x': give the whole number/],
      [['--phases', 'chains,all'], /There is no phase 'all': choose of chains, examples, boundaries, properties/],
      [['--without', 'nothing'], /There is no check 'nothing': choose of server_error/],
      [['--max-time', 'long'], /--max-time is 'long': give seconds/],
      [['--fail-under', '101'], /give a percentage from 0 to 100/],
      [['--credential', 'token=x'], /names no security scheme of the API description, 'token': it has none/],
      [['--allow', 'missing.txt'], /neither a fault nor a file that can be read \(ENOENT\)/],
      [['--allow', join(app.folder, 'bad.txt')], /--allow 'what is this' names no fault/],
      [['--reporter', 'dots'], /has no reporter 'dots': choose pretty, json, junit/],
      [['--reporter', 'json', '--reporter', 'junit'], /Two reporters write to standard output/],
      [['--timeout', '5'], /--timeout is about features/],
      [['--watch'], /--watch is about features/],
      [['--only', 'GET /nothing'], /No operation of the description is called GET \/nothing/],
    ]
    for (const [args, message] of rows) {
      const { code, stderr } = await generate(app.folder, ...args)
      assert.match(stderr, message)
      assert.equal(code, args[0] === '--only' ? 1 : 2, stderr)
    }
  })
})
