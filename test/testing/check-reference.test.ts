import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { checkTable } from '../../src/testing/generate/checks/check-table.ts'

const intro = `# Checks of generated tests

What [generated tests](../guide/generated-tests.md) look at, made from the table of checks. \`--checks\` takes some of them, \`--without\` leaves
some out, and a fault that may stay is named as in \`--allow 'GET /things/{id} server_error 500'\`.

| Check | What must be so | Why it matters | Standard |
|---|---|---|---|`

test('the page of all checks is made from the table (UPDATE_SNAPSHOT=1 writes it)', async () => {
  const path = join(root, 'docs', 'reference', 'generated-checks.md')
  const rows = checkTable.map(({ name, means, why, standard }) => `| \`${name}\` | ${means} | ${why} | ${standard} |`)
  const page = `${intro}\n${rows.join('\n')}\n`
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(path, page)
  const hint = 'run UPDATE_SNAPSHOT=1 npm test -- test/testing/check-reference.test.ts'
  assert.equal(await readFile(path, 'utf8'), page, hint)
})
