import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import type { Document } from './code-block.ts'

const pages = ['README.md', 'docs/guide/**/*.md', 'docs/reference/**/*.md', 'examples/*/README.md']
const sources = ['src/**/*.ts']

// The examples of the steps need files beside them: test/testing/step-examples.test.ts runs them.
const exclude = ['**/*.test.ts', '**/template/**', 'docs/reference/steps.md']

/** The pages and the sources of the repository whose examples are executed. */
export function documents(): readonly Document[] {
  const paths = globSync([...pages, ...sources], { cwd: root, exclude })
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => /^[ *]*```(ts|sh|bash|shell|gherkin)$/m.test(text))
}
