import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { addVary } from './vary.ts'

suite('Vary', () => {
  const rows: readonly (readonly [behaviour: string, headers: string[], names: string[], meant: string[]])[] = [
    ['is made where there is none', ['A', '1'], ['Origin'], ['A', '1', 'Vary', 'Origin']],
    ['gets what it does not say yet', ['vary', 'Origin'], ['Accept', 'Prefer'], ['vary', 'Origin, Accept, Prefer']],
    ['says nothing twice, whatever the case', ['Vary', 'accept'], ['Accept'], ['Vary', 'accept']],
    ['stays * where it is', ['Vary', '*'], ['Accept'], ['Vary', '*']],
    ['becomes * where that is added', ['Vary', 'Accept'], ['*'], ['Vary', '*']],
    ['is one line of several', ['Vary', 'A', 'B', '1', 'VARY', 'C'], ['D'], ['Vary', 'A, C, D', 'B', '1']],
    ['is mended where it is empty', ['Vary', ' ,'], ['A'], ['Vary', 'A']],
  ]
  for (const [behaviour, headers, names, meant] of rows) {
    test(behaviour, () => {
      addVary(headers, ...names)
      assert.deepEqual(headers, meant)
    })
  }
})
