import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { runBench } from './bench.ts'
import { inspectMachine } from './machine.ts'
import { help, readOptions, type Settings, UsageError } from './options.ts'
import { describe, warnOfLoad } from './report.ts'

// Ending by `process.exit` runs the 'exit' listeners, and those end the children.
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
process.on('SIGHUP', () => process.exit(129))

try {
  const settings = readOptions(process.argv.slice(2))
  if (settings.help) console.log(help)
  else await run(settings)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(error instanceof UsageError ? 2 : 1)
}

async function run(settings: Settings): Promise<void> {
  const machine = inspectMachine()
  const warning = warnOfLoad(machine)
  if (warning !== undefined) console.error(warning)
  const outcome = await runBench(settings, machine, (line) => console.error(line))
  console.log(`\n${describe(machine, settings, outcome)}`)
  // Again below the table, where it is read.
  if (warning !== undefined) console.log(`\n${warning}`)
  if (settings.json === undefined) return
  await mkdir(dirname(settings.json), { recursive: true })
  const record = { date: new Date().toISOString(), machine, settings, ...outcome }
  await writeFile(settings.json, `${JSON.stringify(record, undefined, 2)}\n`)
}
