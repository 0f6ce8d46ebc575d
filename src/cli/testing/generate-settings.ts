import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ReadApi } from '../../openapi/read/read-api.ts'
import type { CheckName } from '../../testing/generate/check-name.ts'
import { checkTable } from '../../testing/generate/checks/check-table.ts'
import type { Phase } from '../../testing/generate/phase.ts'
import type { AllowedFault, GenerateSettings } from '../../testing/generate/settings.ts'
import { usageError } from '../failure.ts'
import { seconds, type TestOptions, wholeNumber } from './options.ts'

/** What the options say of how tests are generated. @throws Failure */
export async function generateSettings(options: TestOptions): Promise<GenerateSettings> {
  const { seed, examples, failUnder, checks, without, phases, maxTime, replay, only, allow } = options
  if (replay !== undefined && seed === undefined) {
    throw usageError('--replay repeats what one seed has made: add --seed with the number that the run has printed')
  }
  return {
    allowed: (await Promise.all(allow.map(allowedFaults))).flat(),
    ...(seed !== undefined && { seed: seedOf(seed) }),
    ...(examples !== undefined && { examples: wholeNumber('--examples', examples, 0) }),
    ...(failUnder !== undefined && { failUnder: percentOf(failUnder) }),
    ...(checks !== undefined && { checks: checks.split(',').map(checkOf) }),
    ...(without !== undefined && { without: without.split(',').map(checkOf) }),
    ...(phases !== undefined && { phases: phases.split(',').map(phaseOf) }),
    ...(maxTime !== undefined && { maxTime: seconds('--max-time', maxTime) }),
    ...(replay !== undefined && { replay: replayOf(replay) }),
    ...(only.length > 0 && { only }),
  }
}

/**
 * The credentials by the names of security schemes: those of `--credential`, and variables that have such a name.
 *
 * @throws Failure for a scheme that the API does not have
 */
export function credentialsOf(
  { securitySchemes }: Pick<ReadApi, 'securitySchemes'>,
  { credential }: Pick<TestOptions, 'credential'>,
  variables: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  const names = Object.keys(securitySchemes)
  const known = names.flatMap((name) => (name in variables ? [[name, String(variables[name])] as const] : []))
  const given = credential.map((text): readonly [string, string] => {
    const [, name = '', value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? []
    if (!names.includes(name)) {
      const all = names.length === 0 ? 'it has none' : `choose of ${names.join(', ')}`
      throw usageError(`--credential names no security scheme of the API description, '${name || text}': ${all}`)
    }
    const found = value ?? environment[name]
    if (found !== undefined) return [name, found]
    throw usageError(`--credential ${name} has no value: write ${name}=value, or set the environment variable ${name}`)
  })
  return Object.fromEntries([...known, ...given])
}

function seedOf(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  throw usageError(`--seed is '${text}': give the whole number that an earlier run has printed`)
}

function percentOf(text: string): number {
  const percent = wholeNumber('--fail-under', text, 0)
  if (percent <= 100) return percent
  throw usageError(`--fail-under is '${text}': give a percentage from 0 to 100`)
}

function checkOf(text: string): CheckName {
  const found = named(text)
  if (found !== undefined) return found
  throw usageError(`There is no check '${text}': choose of ${checkTable.map(({ name }) => name).join(', ')}`)
}

function named(text: string): CheckName | undefined {
  return checkTable.find(({ name }) => name === text.trim().replaceAll('-', '_'))?.name
}

const allPhases: readonly Phase[] = ['chains', 'examples', 'boundaries', 'properties']

function phaseOf(text: string): Phase {
  const found = allPhases.find((each) => each === text.trim())
  if (found !== undefined) return found
  throw usageError(`There is no phase '${text}': choose of ${allPhases.join(', ')}`)
}

function replayOf(text: string): NonNullable<GenerateSettings['replay']> {
  const [, operation, path] = /^(\S+ .+) ([\d:]+)$/.exec(text.trim()) ?? []
  if (operation !== undefined && path !== undefined) return { operation, path }
  throw usageError(`--replay is '${text}': write it as the report does, such as 'GET /things/{id} 3:1:0'`)
}

/** A fault as it is named, or all that a file names, a line for each; what follows a # is the reason. */
async function allowedFaults(text: string): Promise<readonly AllowedFault[]> {
  const isKey = /^(\S+ )?[/*]|\s/.test(text) || named(text) !== undefined
  const file = resolve(text)
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (isKey) return undefined
    throw usageError(
      `--allow is '${text}', neither a fault nor a file that can be read (${error.code ?? error.message})`,
    )
  })
  if (content === undefined) return [allowedFault(text)]
  const lines = content.split(/\r?\n/).filter((line) => /^\s*[^#\s]/.test(line))
  return lines.map((line) => {
    const [, key = line, reason] = /^(.*?)\s+#\s*(.*)$/.exec(line) ?? []
    return { ...allowedFault(key.trim()), ...(reason !== undefined && { reason }) }
  })
}

/** `GET /things/{id} server_error 500`; the operation, the check or the status may be missing. */
function allowedFault(key: string): AllowedFault {
  const words = key.split(/\s+/)
  const status = /^(0|\d{3})$/.test(words.at(-1) ?? '') ? Number(words.pop()) : undefined
  const check = named(words.at(-1) ?? '')
  if (check !== undefined) words.pop()
  const operation = words.join(' ')
  if (words.length > 2 || (words.length === 1 && operation !== '*')) {
    throw usageError(`--allow '${key}' names no fault: write it as 'GET /things/{id} server_error 500'`)
  }
  return {
    ...(operation !== '' && { operation }),
    ...(check !== undefined && { check }),
    ...(status !== undefined && { status }),
  }
}
