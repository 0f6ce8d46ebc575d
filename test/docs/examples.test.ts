import { suite, test } from 'node:test'
import { assertNoFaults } from '../house/report.ts'
import { doctest } from './doctest.ts'
import { documents } from './documents.ts'

const faults = await doctest(documents())

suite('the examples', () => {
  for (const [path, lines] of faults) {
    test(`in ${path} have right types and do what they say`, () => assertNoFaults(lines))
  }
})
