import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseIni } from './ini.ts'
import { RunFault, reasonOf } from './run-fault.ts'

/** Variables by name, with the types that their file gives them. */
export type Settings = Readonly<Record<string, unknown>>

/** Looked for in the folder of the features, later ones winning; `config.ini` is that of Zato's test tool. */
const usual = ['config.ini', 'variables.ini', 'variables.yaml', 'variables.yml', 'variables.json']

/** The usual files of variables in the folders of features. */
export function usualVariableFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => usual.map((name) => join(folder, name))).filter((file) => existsSync(file))
}

/**
 * The variables of files, later ones winning: YAML and JSON hold members by name; of INI those of `[user]` and
 * `[variables]`, and what is in no section.
 *
 * @throws RunFault for a file that cannot be read
 */
export async function readVariables(files: readonly string[]): Promise<Settings> {
  return Object.assign({}, ...(await Promise.all(files.map(variablesIn))))
}

async function variablesIn(file: string): Promise<Settings> {
  try {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('.ini')) {
      const { '': plain, user, variables } = parseIni(text)
      return { ...plain, ...user, ...variables }
    }
    const value: unknown = file.endsWith('.json') ? JSON.parse(text.replace(/^\uFEFF/, '')) : await parsedYaml(text)
    if (value === null) return {}
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error('it holds no names with values')
    return { ...value }
  } catch (error) {
    const why = Reflect.get(Object(error), 'code') === 'ENOENT' ? 'there is no such file' : reasonOf(error)
    throw new RunFault([`The variables of ${file} cannot be read: ${why}`])
  }
}

async function parsedYaml(text: string): Promise<unknown> {
  // Most runs have no such file, and the reader takes its time to load.
  const { parse } = await import('yaml')
  return parse(text)
}

/** Reads `name=value`. @throws RunFault */
export function variableOf(option: string, text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [name, value]
  throw new RunFault([`${option} is '${text}': write it as ${option} name=value`], true)
}
