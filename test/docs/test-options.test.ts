import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { root } from '../../scripts/root.ts'
import { declareTest } from '../../src/cli/testing/options.ts'

test('the guide lists every option of trestle test, and no other', () => {
  const command = new Command()
  declareTest(command)
  const options = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? '')
  const pages = ['running-features.md', 'generated-tests.md'].map((name) =>
    readFileSync(join(root, 'docs', 'guide', name), 'utf8'),
  )
  const rows = pages.flatMap((page) => page.split('\n').filter((line) => line.startsWith('| ')))
  const listed = new Set(rows.flatMap((row) => (row.match(/(?<=`)--[a-z-]+/g) ?? []).map(String)))
  assert.deepEqual([...listed].sort(), options.sort())
})
