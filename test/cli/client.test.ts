import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { helloFile, temporaryApp } from './temporary-app.ts'
import { run } from './trestle.ts'

const shop = join(root, 'test/client/documents/pet-shop.yaml')

suite('trestle client', { concurrency: true }, () => {
  test('writes a client for an app to standard output, and nothing else', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': `console.log('loading')\n${helloFile('hi')}` })
    const { code, stdout, stderr } = await run(['client'], { cwd: app.folder })
    assert.equal(code, 0)
    assert.equal(stderr, 'loading\n')
    assert.match(stdout, /^\/\/ Written by `npx trestle client`: /)
    assert.match(stdout, / {2}hello: \(options\?: CallOptions\): ReplyPromise<HelloReplies\[200\]> =>/)
  })

  test('writes a client for a document to a file, the same each time', async () => {
    await using folder = await temporaryApp({})
    const args = ['client', shop, '--output', 'shop.ts', '--name', 'shop']
    for (const _ of [1, 2]) {
      assert.deepEqual(await run(args, { cwd: folder.folder }), { code: 0, stdout: '', stderr: '' })
    }
    const text = await readFile(join(folder.folder, 'shop.ts'), 'utf8')
    assert.match(text, /^export const shop = \(session: Client\) => \(\{$/m)
    assert.equal(
      text.split('\n')[0],
      `// Written by \`npx trestle ${args.join(' ')}\`: run it again to change this file.`,
    )
    const checked = await run([...args, '--check'], { cwd: folder.folder })
    assert.deepEqual(checked, { code: 0, stdout: '', stderr: '' })
  })

  test('fails with --check where the file is another, or missing, and leaves it as it is', async () => {
    await using folder = await temporaryApp({ 'shop.ts': 'export {}\n' })
    const args = ['client', shop, '--check', '--output']
    const changed = await run([...args, 'shop.ts'], { cwd: folder.folder })
    assert.equal(changed.code, 1)
    assert.match(
      changed.stderr,
      /shop\.ts is not up to date: write it again with 'npx trestle client .*pet-shop\.yaml --output shop\.ts'\n$/,
    )
    assert.equal(await readFile(join(folder.folder, 'shop.ts'), 'utf8'), 'export {}\n')
    const missing = await run([...args, 'none.ts'], { cwd: folder.folder })
    assert.equal(missing.code, 1)
    assert.match(missing.stderr, /none\.ts cannot be read: write it with /)
  })

  test('reads a document from an address, with the files that it refers to', async () => {
    const texts: Readonly<Record<string, string>> = {
      '/api/openapi.yaml':
        "openapi: 3.1.0\ninfo: { title: Remote, version: '1' }\nservers: [{ url: /v2 }]\npaths: { /a: { $ref: 'paths/a.json#/a' } }\n",
      '/api/paths/a.json': JSON.stringify({
        a: { get: { operationId: 'readA', responses: { 200: { $ref: '../replies.yaml' } } } },
      }),
      '/api/replies.yaml': 'description: OK\ncontent: { application/json: { schema: { $ref: model.json } } }\n',
      '/api/model.json': JSON.stringify({
        type: 'object',
        properties: { next: { $ref: '#' }, name: { type: 'string' } },
      }),
    }
    await using server = await served(texts)
    const { code, stdout, stderr } = await run([
      'client',
      `${server.url.replace('//', '//me:secret@')}/api/openapi.yaml`,
    ])
    // Credentials in an address are for the address, and in no file.
    assert.doesNotMatch(stdout, /secret/)
    if (code !== 0) assert.match(stderr, /credentials/)
    const plain = await run(['client', `${server.url}/api/openapi.yaml`])
    assert.equal(plain.stderr, '')
    assert.match(plain.stdout, /sent through a client: `remoteApi\(client\('http:\/\/127\.0\.0\.1:\d+\/v2'\)\)`/)
    assert.match(plain.stdout, /export interface Model \{\n {2}next\?: Model\n {2}name\?: string\n\}/)
    assert.match(stdout, /readA: \(options\?: CallOptions\): ReplyPromise<Model> => session\.get\('\/a', options\)/)
  })

  const mistakes: Readonly<Record<string, readonly [args: readonly string[], code: number, message: RegExp]>> = {
    'a folder that is none': [['no-such-folder'], 1, /^\S*no-such-folder does not exist: give the folder of an app, /],
    'an address that nobody listens at': [
      ['http://127.0.0.1:1/openapi.json'],
      1,
      /^The API description http:\/\/127\.0\.0\.1:1\/openapi\.json cannot be read: /,
    ],
    'an address of another protocol': [['ftp://host/openapi.json'], 1, /^ftp:\/\/\S+ is no address of http or https: /],
    'a file that is no document': [[join(root, 'package.json')], 1, /^The API description has no "openapi": /],
    'a file that is neither JSON nor YAML': [
      [join(root, 'src/cli/main.ts')],
      1,
      /^The API description .*main\.ts is neither JSON nor YAML: /,
    ],
    'a name that is none': [
      [shop, '--name', 'my-shop'],
      2,
      /^--name is 'my-shop', which cannot be the name of a constant: /,
    ],
    'a name that is a word of the language': [
      [shop, '--name', 'class'],
      2,
      /^--name is 'class', which cannot be the name of a constant: /,
    ],
    '--check without --output': [[shop, '--check'], 2, /^--check needs --output <file>/],
    'a file that cannot be written': [
      [shop, '--output', join(root, 'no-such-folder', 'a.ts')],
      1,
      /^Cannot write .*a\.ts \(its folder does not exist\): choose another --output$/m,
    ],
    'a file that is a folder': [[shop, '--output', root], 1, /^Cannot write \S+ \(it is a folder\): /],
  }
  for (const [what, [args, expected, message]] of Object.entries(mistakes)) {
    test(`says in one sentence what is wrong with ${what}`, async () => {
      const { code, stdout, stderr } = await run(['client', ...args])
      assert.equal(code, expected)
      assert.equal(stdout, '')
      assert.match(stderr, message)
      assert.equal(stderr.trim().split('\n').length, 1, stderr)
    })
  }
})

interface Served extends AsyncDisposable {
  readonly url: string
  /** The credentials that came, by path. */
  readonly asked: ReadonlyMap<string, string | undefined>
}

async function served(texts: Readonly<Record<string, string>>): Promise<Served> {
  const asked = new Map<string, string | undefined>()
  const server = createServer(({ url = '', headers }, reply) => {
    asked.set(url, headers.authorization)
    const text = texts[url]
    reply.writeHead(text === undefined ? 404 : 200).end(text)
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    },
  }
}
