import { maskedText } from '../kernel/masked-text.ts'
import { missingModule } from './missing-module.ts'
import { placeInApp, shownPlace } from './place.ts'
import { syntaxErrorPlace } from './syntax-error-place.ts'

/** Why a file of an app could not be imported, as one sentence with the place and the way out. */
export async function importFault(error: unknown, file: string, folder: string): Promise<string> {
  const explain = byCode[codeOf(error)]
  if (explain !== undefined && error instanceof Error) return explain(error, file, folder)
  const place = placeInApp(error, folder)
  if (!(error instanceof SyntaxError)) return `${shownPlace(place, file, folder)} fails to load: ${messageOf(error)}`
  return `${shownPlace(place ?? (await syntaxErrorPlace(file)), file, folder)} ${syntaxFault(messageOf(error))}`
}

type Explain = (error: Error, file: string, folder: string) => string

const byCode: Readonly<Record<string, Explain>> = {
  ERR_MODULE_NOT_FOUND: missingModule,
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: (error, file, folder) => {
    const what = /^TypeScript (.*) is not supported/.exec(error.message)?.[1] ?? error.message
    const instead = Object.entries(erasable).find(([name]) => what.includes(name))?.[1] ?? 'JavaScript with types'
    return `${shownPlace(placeInApp(error, folder), file, folder)} has a TypeScript ${what}, which Node cannot run because it only erases types: write ${instead} instead`
  },
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: (_error, file) =>
    `${file} is TypeScript inside node_modules, which Node does not run: move the app out of node_modules`,
  ERR_IMPORT_ATTRIBUTE_MISSING: ({ message }, file, folder) => {
    const json = /"file:\/\/[^"]*\/([^"/]+)"/.exec(message)?.[1] ?? 'JSON'
    return `${shownPlace(undefined, file, folder)} imports ${json} as if it were code: add with { type: 'json' } to the import`
  },
}

/** What to write instead of TypeScript that is more than types. */
const erasable: Readonly<Record<string, string>> = {
  enum: 'a union of literals or an object as const',
  namespace: 'a module',
  'parameter property': 'the property and its assignment in full',
  'import equals': 'a plain import',
}

function syntaxFault(message: string): string {
  const [, from, name] = /requested module '(.*)' does not provide an export named '(.*)'/.exec(message) ?? []
  if (from !== undefined) {
    return `imports '${name}' from '${from}', which does not export it: mend the name, or write import type if it is a type`
  }
  const wayOut = message.includes('outside a module') ? ': set "type": "module" in the app\'s package.json' : ''
  return `has a syntax error: ${message}${wayOut}`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function messageOf(error: unknown): string {
  return maskedText((error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' '))
}
