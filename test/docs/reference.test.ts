import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { assertNoFaults } from '../house/report.ts'
import { publicEntries } from './public-entries.ts'
import { publicNames } from './public-name.ts'
import { referencePage } from './reference-page.ts'

const path = join(root, 'docs/reference/README.md')

test('docs/reference lists every public name with the sentence of its source', async () => {
  const wanted = referencePage(publicEntries().flatMap(({ path: entry }) => publicNames(entry)))
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(path, wanted)
  const found = await readFile(path, 'utf8')
  const [before, now] = [found, wanted].map((text) => text.split('\n'))
  const gone = before?.filter((line) => !now?.includes(line)).map((line) => `no source says  ${line}`) ?? []
  const missing = now?.filter((line) => !before?.includes(line)).map((line) => `the page lacks  ${line}`) ?? []
  const other = gone.length + missing.length === 0 && found !== wanted ? ['its lines are in another order'] : []
  const faults = [...gone, ...missing, ...other]
  const hint = 'run UPDATE_SNAPSHOT=1 npm test -- test/docs/reference.test.ts'
  assertNoFaults(faults.length === 0 ? [] : [...faults, hint])
})
