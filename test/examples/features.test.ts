import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { run } from '../cli/trestle.ts'

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())

for (const { name } of examples) {
  test(`the features of ${name} pass in process`, async () => {
    const { code, stdout, stderr } = await run(['test', join('examples', name), '--reporter', 'dots'])
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /^\d+ scenarios? \(\d+ passed\)$/m)
  })
}
