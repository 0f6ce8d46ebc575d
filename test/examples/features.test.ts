import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { run } from '../cli/trestle.ts'

/** What the features with secrets of the examples read from the environment. */
const secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  employee: {
    HR_PASSWORD: 'password of hr',
    PAYROLL_PASSWORD: 'password of payroll',
    ONBOARDING_PASSWORD: 'password of onboarding',
    RECRUITER_PASSWORD: 'password of the recruiter',
    INSURER_KEY: 'key-of-the-insurer',
  },
  users: { USERS_ADMIN_PASSWORD: 'Admin-Pass-123' },
}

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())

for (const { name } of examples) {
  test(`the features of ${name} pass in process`, async () => {
    const { code, stdout, stderr } = await run(['test', join('examples', name), '--reporter', 'dots'])
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /^\d+ scenarios? \(\d+ passed\)$/m)
  })
  const withSecrets = join('examples', name, 'features-with-secrets')
  if (!existsSync(join(root, withSecrets))) continue
  test(`the features of ${name} that need secrets pass with them`, async () => {
    const { code, stdout, stderr } = await run(['test', withSecrets, '--reporter', 'dots'], {
      env: secrets[name] ?? {},
    })
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /^\d+ scenarios? \(\d+ passed\)$/m)
  })
}
