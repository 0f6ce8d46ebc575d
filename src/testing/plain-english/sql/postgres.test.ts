import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'

const script = `
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'pg') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' })
      return next(specifier, context)
    },
  })
  const { openPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
  await openPostgres('postgres://localhost/db').catch(({ message }) => process.stdout.write(message))
`

suite('PostgreSQL', () => {
  test('without its package says how to install it', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    assert.equal(stdout, "PostgreSQL needs the package pg: install it with 'npm install --save-dev pg'")
  })
})
