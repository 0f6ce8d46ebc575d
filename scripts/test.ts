// Runs the tests of the repository with the runner of Node: `npm test`, `npm test -- src/schema`, and with any option
// of `node --test`, as in `npm test -- --test-name-pattern 'reads one'`.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { root } from './root.ts'
import { chooseTests } from './test-selection.ts'

const selection = chooseTests(process.argv.slice(2), root)
if (selection.problem !== undefined) {
  console.error(selection.problem)
  process.exit(2)
}

// Each file of tests is a process, which would compile the same sources again: that is a third of the time of a run.
const cache = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'node')

const child = spawn(process.execPath, ['--test', ...selection.options, ...selection.files], {
  cwd: root,
  env: { ...process.env, NODE_COMPILE_CACHE: cache },
  stdio: 'inherit',
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Ctrl+C on a terminal reaches the child by itself; a second one would cut off its closing lines.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}

child.on('close', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM']
})
