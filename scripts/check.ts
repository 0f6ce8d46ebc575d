// Lint, types and house rules: everything that must hold besides the tests. Runs all steps, so one run shows all faults.
import { globSync } from 'node:fs'
import { root } from './root.ts'
import { type Outcome, runNode, runTool } from './run.ts'

const tsc = 'typescript/bin/tsc'

const steps: Readonly<Record<string, () => Promise<Outcome>>> = {
  'lint and format (biome)': () =>
    runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=none', '.']),
  'types of everything (tsc)': () => runTool(tsc, ['-p', 'tsconfig.json']),
  'types of the package (tsc)': () => runTool(tsc, ['-p', 'tsconfig.build.json', '--noEmit']),
  'house rules (test/house)': () =>
    runNode(['--test', '--test-reporter=spec', ...globSync('test/house/**/*.test.ts', { cwd: root })]),
}

const failures: string[] = []
for (const [name, run] of Object.entries(steps)) {
  const started = performance.now()
  const { code, output } = await run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds.padStart(6)} s`)
  if (code !== 0) failures.push(`\n--- ${name} ---\n${output.trimEnd()}`)
}
for (const failure of failures) console.error(failure)
process.exitCode = failures.length === 0 ? 0 : 1
