// Runs the tests of the repository with the runner of Node: `npm test`, `npm test -- src/schema`, and with any option
// of `node --test`, as in `npm test -- --test-name-pattern 'reads one'`.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './root.ts'
import { chooseTests } from './test-selection.ts'

const selection = chooseTests(process.argv.slice(2), root)
if (selection.problem !== undefined) {
  console.error(selection.problem)
  process.exit(2)
}

const child = spawn(process.execPath, ['--test', ...selection.options, ...selection.files], {
  cwd: root,
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
