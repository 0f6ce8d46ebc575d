import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { temporaryApp } from './temporary-app.ts'
import { run, serve } from './trestle.ts'

const service = [
  "import { get, service } from 'trestle'",
  "export const hello = service({ on: get('/hello', { security: 'clients' }), handle: () => {} })",
  '',
].join('\n')
const config =
  "import { defineApp } from 'trestle'\nexport const app = defineApp({ security: { clients: [] }, log: 'error' })\n"

/** Makes a key for a client, from the shell. */
async function made(name: string, cwd: string, options: readonly string[], env = {}): Promise<string> {
  const invoke = (what: string, input: object) =>
    run(['invoke', `trestle.security.${what}`, JSON.stringify(input), ...options], { cwd, env })
  const { stdout, stderr, code } = await invoke('create-definition', { name, kind: 'apiKey' })
  assert.equal(code, 0, stderr)
  await invoke('add-member', { name: 'clients', definition: name })
  return (JSON.parse(stdout) as { secret: string }).secret
}

suite('the data folder', { concurrency: true }, () => {
  test('of --data is shared by all workers and the shell, and changes hold without a restart', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': service, 'trestle.config.ts': config })
    const data = ['--data', 'kept']
    await using server = await serve(['start', '--workers', '2', ...data], { cwd: app.folder })
    const status = async (key: string): Promise<number> => {
      const headers = { 'X-API-Key': key, Connection: 'close' }
      return (await fetch(`${server.url}/hello`, { headers })).status
    }
    assert.equal(await status('tr_none'), 401)
    const key = await made('acme', app.folder, data)
    // The workers take turns.
    assert.deepEqual(await Promise.all(Array.from({ length: 6 }, () => status(key))), Array(6).fill(204))
    assert.deepEqual((await readdir(app.folder)).includes('.trestle'), false)
    assert.deepEqual((await readdir(join(app.folder, 'kept'))).includes('security.db'), true)
  })

  test('of TRESTLE_DATA lies in the folder of the app, and is .trestle where nothing is said', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': service, 'trestle.config.ts': config })
    await made('acme', '/', ['--app', app.folder], { TRESTLE_DATA: 'elsewhere' })
    await made('other', '/', ['--app', app.folder])
    const files = await readdir(app.folder)
    assert.deepEqual(
      ['elsewhere', '.trestle'].filter((name) => files.includes(name)),
      ['elsewhere', '.trestle'],
    )
  })
})
