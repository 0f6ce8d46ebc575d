import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { catalogue } from '../../src/kernel/catalogue.ts'
import type { ProblemKind } from '../../src/kernel/problem.ts'
import { guideOf, problemExample } from '../../src/openapi/problem-example.ts'
import { reasonPhrase } from '../../src/openapi/reason-phrase.ts'

const folder = join(root, 'docs/errors')

function page(kind: ProblemKind): string {
  const { code, status, title, help } = kind
  const guide = guideOf(kind)
  assert.ok(guide !== undefined, `src/kernel/problem-guide.ts does not say what brings ${code} about`)
  const headers = Object.entries(guide.sent?.headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return [
    `# ${title}`,
    `\`${code}\`, status ${status}. See [all errors](README.md).`,
    '## What happened',
    guide.cause,
    '## What to do',
    help,
    '## What a client gets',
    [
      '```http',
      `HTTP/1.1 ${status} ${reasonPhrase(status)}`,
      'Content-Type: application/problem+json',
      ...headers,
      '',
      JSON.stringify(problemExample(kind), null, 2),
      '```',
    ].join('\n'),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

suite('docs/errors has the page of', () => {
  for (const [code, entry] of Object.entries(catalogue)) {
    test(`${code} (UPDATE_SNAPSHOT=1 writes it)`, async () => {
      const file = join(folder, `${code}.md`)
      const wanted = page({ code, ...entry })
      if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(file, wanted)
      assert.equal(await readFile(file, 'utf8').catch(() => ''), wanted, 'run it with UPDATE_SNAPSHOT=1')
    })
  }
})

test('docs/errors has no page of a code that is not in the catalogue', async () => {
  const files = (await readdir(folder)).filter((name) => name !== 'README.md')
  assert.deepEqual(
    files.filter((name) => !Object.hasOwn(catalogue, name.replace(/\.md$/, ''))),
    [],
  )
})
