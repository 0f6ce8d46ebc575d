import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import { StartupError } from '../kernel/startup-error.ts'
import { checkApp } from '../platform/check/check-app.ts'
import { checkedApp } from '../platform/check/checked-app.ts'
import type { CheckFinding, FindingLevel } from '../platform/check/finding.ts'
import { sourceFiles } from '../platform/check/source-files.ts'
import { openApp } from '../platform/open-app.ts'
import { appOf, declareApp } from './app-argument.ts'
import { keepOutputForResult, print } from './output.ts'
import { alignedTable } from './table.ts'

interface Options {
  readonly format: 'text' | 'json'
  readonly strict?: true
}

export function declare(command: Command): void {
  declareApp(command)
    .addOption(new Option('--format <format>', 'how it is written').choices(['text', 'json']).default('text'))
    .option('--strict', 'take warnings for errors')
}

export async function run(command: Command): Promise<number> {
  keepOutputForResult()
  const { format, strict = false } = command.opts<Options>()
  const findings = (await findingsOf(appOf(command))).map((each) => (strict ? stricter(each) : each))
  await print(format === 'json' ? JSON.stringify({ findings, counts: countsOf(findings) }, null, 2) : textOf(findings))
  return findings.some(({ level }) => level === 'error') ? 1 : 0
}

async function findingsOf(folder: string): Promise<readonly CheckFinding[]> {
  try {
    // Whatever the app would log while it starts is among the findings.
    const { app, settings } = await openApp(folder, { log: 'silent' })
    await app.close()
    const sources = await sourceFiles(folder)
    return checkApp(checkedApp(app, settings, { environment: process.env, sources }))
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    return error.reasons.map((message) => ({ level: 'error', code: 'cannot_start', where: 'app', message }))
  }
}

function stricter(finding: CheckFinding): CheckFinding {
  return finding.level === 'warning' ? { ...finding, level: 'error' } : finding
}

function countsOf(findings: readonly CheckFinding[]): Readonly<Record<FindingLevel, number>> {
  const count = (level: FindingLevel): number => findings.filter((each) => each.level === level).length
  return { error: count('error'), warning: count('warning'), note: count('note') }
}

const colours = { error: 'red', warning: 'yellow', note: 'dim' } as const

function textOf(findings: readonly CheckFinding[]): string {
  if (findings.length === 0) return 'Nothing to mend.'
  const heads = alignedTable(findings.map(({ level, code, where }) => [level, code, where]))
  const lines = findings.flatMap(({ level, message }, index) => {
    return [styleText(colours[level], heads[index] ?? ''), `  ${message}`]
  })
  const { error, warning, note } = countsOf(findings)
  return [...lines, '', `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${counted(note, 'note')}`].join(
    '\n',
  )
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
