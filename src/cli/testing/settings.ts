import { resolve } from 'node:path'
import { RunFault } from '../../testing/plain-english/run/run-fault.ts'
import {
  readVariables,
  type Settings,
  usualVariableFiles,
  variableOf,
} from '../../testing/plain-english/run/variable-files.ts'
import { isTelling } from '../../testing/plain-english/secrets.ts'
import type { TestOptions } from './options.ts'

/** The values that features write as `@name`: those of the usual files, above them those of `--vars`, `--var` and `--secret`. */
export async function testSettings(
  { vars, var: values, secret }: TestOptions,
  folders: readonly string[],
): Promise<Settings> {
  const files = [...usualVariableFiles([...new Set(folders)]), ...vars.map((file) => resolve(file))]
  const pairs = [
    ...values.map((text) => variableOf('--var', text)),
    ...secret.filter((text) => text.includes('=')).map((text) => variableOf('--secret', text)),
  ]
  return { ...(await readVariables(files)), ...Object.fromEntries(pairs) }
}

/**
 * The values that no report shows: those of `--secret`, and of variables whose name says that they are secret.
 *
 * @throws RunFault for a `--secret` that has no value
 */
export function secretValues(
  { secret }: TestOptions,
  settings: Settings,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const named = secret.map((text) => text.split('=')[0] ?? '')
  const unknown = named.find((name) => settings[name] === undefined && environment[name] === undefined)
  if (unknown !== undefined) {
    throw new RunFault([`--secret ${unknown} has no value: set the variable, or write --secret ${unknown}=value`], true)
  }
  const names = [...named, ...Object.keys(settings).filter(isTelling)]
  const fromEnvironment = [...named, ...Object.keys(environment).filter(isTelling)].map((name) => environment[name])
  return [...names.map((name) => settings[name]), ...fromEnvironment].flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
  )
}
