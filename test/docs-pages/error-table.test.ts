import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { catalogue } from '../../src/kernel/catalogue.ts'

const page = join(root, 'docs/errors/README.md')
const table = [
  '| Status | Code | Title | What to do |',
  '|---|---|---|---|',
  ...Object.entries(catalogue).map(([code, { status, title, help }]) => {
    return `| ${status} | \`${code}\` | ${title} | ${help.replaceAll('|', '\\|')} |`
  }),
].join('\n')

test('docs/errors/README.md has the table of the catalogue (UPDATE_SNAPSHOT=1 writes it)', async () => {
  const text = await readFile(page, 'utf8')
  const updated = text.replace(/^\| Status (?:.*\n\|)*.*$/m, () => table)
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(page, updated)
  else assert.equal(text, updated, 'run it with UPDATE_SNAPSHOT=1, and read what changed')
  assert.ok(updated.includes(table), `${page} has no table that begins with '| Status'`)
})
