// Runs every example of the pages and of the comments in src/:
//   `ts`   `// => value` behind a statement says what it is, `// throws code` which problem it raises. In a page, a block
//          that begins with an import stands by itself, and those behind it go on with it; one that begins with a file name,
//          `// services/a.ts`, makes up an app folder. A comment needs no imports of 'trestle' and 'zod'.
//   `sh`   `curl` calls the app of the page, `cd` and `npx trestle` are followed, `# 404` and `# {"a":1}` say what comes;
//          so does a block of `json`, `http` or `text` right below.
//   `gherkin`  is run as a feature against the app of the page, or against examples/httpbin, and must pass; with `# fails` on
//          its first line it must fail. `Feature` and `Scenario` may be left out. A `text` block right below is a part of the
//          report, in which `...` stands for lines that are left out.
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
