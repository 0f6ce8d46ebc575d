import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type TemporaryApp, temporaryApp } from './temporary-app.ts'
import { run } from './trestle.ts'

const usersFile = [
  "import { get, group, service } from 'trestle'",
  "import { z } from 'zod'",
  "const api = group({ prefix: '/api', versions: { by: 'header', default: '1' } })",
  'const output = z.string()',
  "export const one = service({ output, on: api.get('/users', { version: '1' }), handle: () => 'one' })",
  "export const two = service({ output, on: api.get('/users', { version: '2' }), handle: () => 'two' })",
  "export const plain = service({ output, on: get('/plain'), handle: () => 'plain' })",
  '',
].join('\n')

const users = (): Promise<TemporaryApp> => temporaryApp({ 'services/users.ts': usersFile })

suite('the command line with versions side by side', { concurrency: true }, () => {
  test('lists channels with their full path and their version', async () => {
    await using app = await users()
    const { stdout } = await run(['routes', app.folder])
    const words = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ +/))
    assert.deepEqual(words, [
      ['METHOD', 'PATH', 'VERSION', 'SERVICE', 'SUMMARY'],
      ['GET', '/api/users', '1', 'users.one'],
      ['GET', '/api/users', '2', 'users.two'],
      ['GET', '/plain', 'users.plain'],
    ])
  })
  test('prints the document of each of them', async () => {
    await using app = await users()
    const idOf = async (...options: readonly string[]): Promise<string> => {
      const { stdout } = await run(['openapi', app.folder, ...options])
      return JSON.parse(stdout).paths['/api/users'].get.operationId
    }
    assert.equal(await idOf(), 'one')
    assert.equal(await idOf('--api-version', '1'), 'one')
    assert.equal(await idOf('--api-version', '2'), 'two')
  })
  test('says in one sentence that there is no such version', async () => {
    await using app = await users()
    const { code, stderr } = await run(['openapi', app.folder, '--api-version', '3'])
    assert.equal(code, 1)
    assert.match(stderr, /The API has no version 3: choose one of 1, 2/)
  })
})
