import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { publicNames } from './public-name.ts'
import { referencePage } from './reference-page.ts'

const path = join(root, 'docs/reference/README.md')

test('docs/reference lists every public name with the sentence of its source', async () => {
  const page = referencePage(publicNames('src/index.ts'))
  if (process.env.UPDATE_SNAPSHOT === '1') {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, page)
  }
  const hint = 'The page is not what the sources say; run: UPDATE_SNAPSHOT=1 npm test -- test/docs/reference.test.ts'
  assert.equal(await readFile(path, 'utf8'), page, hint)
})
