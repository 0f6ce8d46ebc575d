import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { doctest } from './doctest.ts'

const block = (language: string, lines: readonly string[]): string =>
  [`\`\`\`${language}`, ...lines, '```', ''].join('\n')
const ts = (...lines: string[]): string => block('ts', lines)
const sh = (...lines: string[]): string => block('sh', lines)
const gherkin = (...lines: string[]): string => block('gherkin', lines)

/** What a page shows, and the faults that it must have: each by its line and a part of its message. */
type Case = readonly [text: string, ...faults: (readonly [line: number, message: string])[]]
type Cases = Readonly<Record<string, Case>>

const plain: Cases = {
  'values that are as expected': [
    ts(
      'const three = 1 + 2 // => 3',
      "const words = ['a', 'b'].map((word) =>",
      '  word.toUpperCase(),',
      ") // => ['A', 'B']",
      'words.length // => 2',
      'const both = { words, three }',
      '({ ...both, when: new Date(0) })',
      "// => { words: ['A', 'B'],",
      '//      three: 3, when: new Date(0) }',
      'new Map([[1, 2]]) // => Map(1) { 1 => 2 }',
      "await Promise.resolve('later') // => 'later'",
      "'// => 5' // => '// => 5'",
      'JSON.parse(`{`) // throws SyntaxError: in JSON',
    ),
  ],
  'a value that is another': [ts('1 + 1 // => 3'), [2, 'expected 3, but it is 2']],
  'every fault of a block': [ts('1 // => 2', '3 // => 4'), [2, 'expected 2'], [3, 'expected 4']],
  'a constant that is another': [ts('export const two: number = 2 // => 3'), [2, 'expected 3, but it is 2']],
  'a promise that is not waited for': [ts('Promise.resolve(1) // => 1'), [2, 'expected 1, but it is Promise']],
  'a value where it throws': [ts('JSON.parse(`{`) // => 1'), [2, 'expected 1, but it throws SyntaxError']],
  'an expectation inside a statement': [ts('const f = () => {', '  two // => 2', '}'), [3, 'a whole statement']],
  'an empty expectation': [ts('1 // =>'), [2, 'the expectation is empty']],
  'wrong types': [
    ts('const text: string = JSON.parse(`1`) + 1', 'const count: number = text', 'count // => 2'),
    [3, 'TS2322'],
  ],
  'a module of its own for each import': [
    ts("import { resolve } from 'node:path'", 'const three = resolve(`/a`)') +
      ts("three // => '/a'") +
      ts("import { basename } from 'node:path'", 'const three = basename(`/a`)', "three // => 'a'"),
  ],
}

const app = ts(
  "import { createApp, get, notFound, service } from 'trestle'",
  "import { z } from 'zod'",
  'const One = z.object({ id: z.int() })',
  "const one = service({ name: 'one', input: One, output: One, on: get('/one/{id}'),",
  "  handle: ({ input }) => (input.id === 1 ? input : notFound('Only 1 is here')) })",
  'await using app = createApp({ services: [one] })',
)

const withApp: Cases = {
  'problems as expected': [
    ts(
      "await app.invoke('one', { id: 2 }) // throws not_found",
      "await app.invoke('one', { id: 2 }) // throws not_found: Only 1",
      "await app.invoke('two') // throws InvocationError",
      "notFound('gone') // throws not_found: gone",
      'await app.invoke(one, { id: 1 }) // => { id: 1 }',
    ),
  ],
  'a problem that does not come': [
    ts('await app.invoke(one, { id: 1 }) // throws not_found'),
    [2, 'expected it to throw not_found, but it is { id: 1 }'],
  ],
  'another problem': [ts('await app.invoke(one, { id: 2 }) // throws conflict'), [2, 'throws not_found: Only 1 is']],
  'another message': [ts('await app.invoke(one, { id: 2 }) // throws not_found: 7'), [2, 'not_found: Only 1 is here']],
  'replies as shown': [
    sh(
      '# the first',
      'curl http://localhost:17010/one/1',
      'curl \'localhost/one/1\'   # {"id":1}',
      'curl localhost/one/2 # 404',
    ) +
      sh('curl -i localhost/one/2') +
      block('http', [
        'HTTP/1.1 404 Not Found',
        'content-type: application/problem+json',
        '',
        '{ "type": "/docs/errors/not_found", "title": "Not found", "status": 404, "detail": "Only 1 is here",',
        '  "code": "not_found", "cid": "00000000000000000000000000000000" }',
      ]),
  ],
  'another reply': [
    sh('curl localhost/one/1') + block('json', ['{ "id": 2 }']),
    [2, 'expected { "id": 2 }, but it is {"id":1}'],
  ],
  'another status': [sh('curl localhost/one/1 # 404'), [2, 'expected 404, but it is 200']],
  'a refusal where none is shown': [sh('curl localhost/one/2'), [2, 'nothing is expected, but it is refused: 404']],
  'another head': [
    sh('curl -i localhost/one/1') + block('http', ['HTTP/1.1 200 OK', 'Content-Type: text/html']),
    [2, 'expected Content-Type: text/html, but Content-Type is application/json'],
  ],
  'an option of curl that the doctest does not know': [sh('curl --http3 localhost/one/1'), [2, '--http3']],
}

const greeting = ts(
  '// services/greeting.ts',
  "import { get, service } from 'trestle'",
  "import { z } from 'zod'",
  'export const hello = service({',
  "  output: z.object({ hello: z.string() }), on: get('/hello'), handle: () => ({ hello: 'world' }) })",
)

const alone: Cases = {
  'code that throws': [ts('const a = 1', "throw new Error('broken ' + a)"), [3, 'Error: broken 1']],
  'tests that fail': [
    ts('// one.test.ts', "import { test } from 'node:test'", "test('fails', () => { throw new Error('not yet') })"),
    [1, 'not yet'],
  ],
  'an app folder that does not start': [
    ts(
      '// services/a.ts',
      "import { get, service } from 'trestle'",
      "export const a = service({ on: get('a'), handle: () => {} })",
    ),
    [2, "does not start with '/'"],
  ],
  'a new app as shown, with a file put in, and a file that is another': [
    sh('npx trestle new demo', 'cd demo', 'npm install', 'npx trestle dev', 'curl localhost/greetings/en/Ada') +
      ts(
        '// services/bye.ts',
        "import { get, service } from 'trestle'",
        "export const bye = service({ on: get('/bye'), handle: () => {} })",
      ) +
      sh('curl localhost/bye') +
      sh('cat .gitignore') +
      block('text', ['node_modules/']),
    [17, 'expected'],
  ],
  'apps that start, and a command that prints something else than is shown': [
    greeting +
      sh('npx trestle dev', 'curl localhost/hello # {"hello":"world"}') +
      sh('npx trestle invoke greeting.hello') +
      block('json', ['{ "hello": "you" }']) +
      sh('npx trestle start examples/employee', 'curl localhost/api/employee/get/123') +
      ts(
        "import { loadApp } from 'trestle'",
        "await using app = await loadApp('examples/employee', { log: 'silent' })",
      ) +
      ts('app.routes[0]?.path // => 1'),
    [13, 'expected { "hello": "you" }, but it is {'],
    [27, "expected 1, but it is '/api/employee/create'"],
  ],
  'features of the app of the page, with a file, own steps, and a report': [
    greeting +
      block('yaml', ['# features/variables.yaml', 'word: world']) +
      ts(
        '// features/steps/own.ts',
        "import { step } from 'trestle/testing'",
        "export const hello = step({ phrase: 'hello', run: ({ request }) => { request.path = '/hello' } })",
      ) +
      gherkin('Given hello', 'When the URL is invoked', 'Then path "/hello" is "@word"') +
      gherkin('# fails', 'Given hello', 'When the URL is invoked', 'Then path "/hello" is "you"') +
      block('text', ['✔ Given hello', '...', '+ found    "world"']),
  ],
  'features that pass or fail where they should not, and another report': [
    gherkin('Given URL path "/get"', 'When the URL is invoked', 'Then status is "404"') +
      gherkin('# fails', 'Given URL path "/get"', 'When the URL is invoked') +
      gherkin('Given URL path "/get"', 'When the URL is invoked') +
      block('text', ['nothing']),
    [2, 'expected it to pass, but the report says'],
    [7, 'expected it to fail, but the report says'],
    [12, 'expected'],
  ],
  'code that a command has written, which is another, and is imported as shown': [
    block('yaml', ['# none.yaml', 'openapi: 3.1.0', 'info: { title: None, version: 1.0.0 }', 'paths: {}']) +
      sh('npx trestle client none.yaml --output none.ts') +
      sh('cat none.ts') +
      ts('export const noneApi = (): string => `none`') +
      ts("import { noneApi } from './none.ts'", 'const text: string = noneApi()', 'text // => {}'),
    [11, 'expected'],
  ],
}

const comment = `
/**
 * A channel.
 *
 * \`\`\`ts
 * get('/a').address // => 'GET /a'
 * get('/b').address // => 'GET /a'
 * z.int().parse(1) // => 1
 * \`\`\`
 */
export const nothing = 1
`

interface Placed {
  readonly title: string
  readonly path: string
  /** The lines before it. */
  readonly before: number
  readonly end: number
  readonly faults: readonly (readonly [line: number, message: string])[]
}

const texts = new Map<string, string>([['src/comment.ts', comment]])
const placed: Placed[] = []
const put = (path: string, title: string, [text, ...faults]: Case): void => {
  const earlier = texts.get(path) ?? ''
  texts.set(path, earlier + text)
  placed.push({ title, path, before: lines(earlier), end: lines(earlier + text), faults })
}
const lines = (text: string): number => text.split('\n').length - 1

texts.set('app.md', app)
for (const [title, each] of Object.entries(plain)) put('plain.md', title, each)
for (const [title, each] of Object.entries(withApp)) put('app.md', title, each)
for (const [title, each] of Object.entries(alone)) put(`${title.replaceAll(/\W/g, '-')}.md`, title, each)

const found = await doctest([...texts].map(([path, text]) => ({ path, text })))

suite('the doctest', () => {
  for (const { title, path, before, end, faults } of placed) {
    test(`${faults.length === 0 ? 'accepts' : 'finds'} ${title}`, () => {
      const own = (found.get(path) ?? []).filter((each) => {
        const line = Number(each.slice(path.length + 1).split(' ')[0])
        return line > before && line <= end
      })
      const told = own.join('\n')
      assert.equal(own.length, faults.length, told)
      for (const [index, [line, message]] of faults.entries()) {
        assert.ok(own[index]?.startsWith(`${path}:${before + line} `), told)
        assert.ok(own[index]?.includes(message), told)
      }
    })
  }
  test('finds nothing else', () => {
    const expected = placed.flatMap(({ faults }) => faults).length + 1
    const all = [...found.values()].flat()
    assert.equal(all.length, expected, all.join('\n'))
  })
  test('finds code that never ends', async () => {
    const text = ts("import { createServer } from 'node:net'", 'createServer().listen(0)')
    const [fault = ''] = (await doctest([{ path: 'a.md', text }], 1_000)).get('a.md') ?? []
    assert.match(fault, /^a\.md:1 it did not end within 1 s/)
  })
  test('finds code that does not parse', async () => {
    const broken = (await doctest([{ path: 'a.md', text: ts('const a = (1') }])).get('a.md') ?? []
    assert.ok(
      broken.some((each) => each.includes("TS1005: ')' expected")),
      broken.join('\n'),
    )
    assert.ok(
      broken.some((each) => each.includes('INVALID_TYPESCRIPT_SYNTAX')),
      broken.join('\n'),
    )
  })
  test('runs the examples of comments, with the public names that they use', () => {
    assert.deepEqual(found.get('src/comment.ts'), ["src/comment.ts:7 expected 'GET /a', but it is 'GET /b'"])
  })
})
