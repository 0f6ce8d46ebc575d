import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from './configuration.ts'
import type { Position, ReadFile } from './read-yaml.ts'

/** The name of the file. */
export const configurationName = 'trestle.yaml'

/** What an app folder says in `trestle.yaml`. */
export interface ConfigurationFile {
  readonly configuration: Configuration
  /** What is wrong with it, as whole sentences that say where. */
  readonly faults: readonly string[]
  /** A sentence about a setting, with its place in front. */
  readonly faultAt: (path: readonly PropertyKey[], what: 'key' | 'value', text: string) => string
}

/** Reads `trestle.yaml`; nothing where there is none. What checks it is loaded only for those who have one. */
export async function configurationFile(
  folder: string,
  names: readonly string[],
): Promise<ConfigurationFile | undefined> {
  const other = names.find((each) => /^trestle\.ya?ml$/i.test(each) && each !== configurationName)
  if (!names.includes(configurationName)) {
    return other === undefined ? undefined : unread(`${other} is not read: name it ${configurationName}`)
  }
  let content: string
  try {
    content = await readFile(join(folder, configurationName), 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return unread(`${configurationName} cannot be read (${reason}): make it a file that you may read, or remove it`)
  }
  const { readYamlFile } = await import('./read-yaml.ts')
  return checked(readYamlFile(content))
}

async function checked({ value, fault, positionOf }: ReadFile): Promise<ConfigurationFile> {
  const [{ configurationModel }, { shownPath, wrongSettings }] = await Promise.all([
    import('./configuration.ts'),
    import('./wrong-setting.ts'),
  ])
  const faultAt: ConfigurationFile['faultAt'] = (path, what, text) => {
    const subject = path.length === 0 ? 'the file' : shownPath(path)
    return `${placed(positionOf(path, what))} ${subject} ${text}`
  }
  if (fault !== undefined) {
    return { configuration: {}, faults: [`${placed(fault.at)} the file ${fault.text}`], faultAt }
  }
  // A file without a word in it is null.
  const given = value ?? {}
  const { success, data, error } = configurationModel.safeParse(given)
  if (success) return { configuration: data, faults: [], faultAt }
  const wrong = wrongSettings(error.issues, given)
    .map(({ path, what, text }) => ({ ...positionOf(path, what), fault: faultAt(path, what, text) }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ fault }) => fault)
  return { configuration: {}, faults: wrong, faultAt }
}

function placed({ line, column }: Position): string {
  return `${configurationName}:${line}:${column}:`
}

function unread(fault: string): ConfigurationFile {
  return { configuration: {}, faults: [fault], faultAt: (_path, _what, text) => `${configurationName} ${text}` }
}
