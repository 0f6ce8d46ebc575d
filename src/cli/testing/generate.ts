import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DocumentError } from '../../openapi/read/document-error.ts'
import { isAddress, loadApi } from '../../openapi/read/load.ts'
import type { ReadApi } from '../../openapi/read/read-api.ts'
import type { CheckName } from '../../testing/generate/check-name.ts'
import { checkTable } from '../../testing/generate/checks/check-table.ts'
import { faultFeature, faultFileName } from '../../testing/generate/fault-feature.ts'
import { generateTests } from '../../testing/generate/generate-tests.ts'
import { reportJson, reportText } from '../../testing/generate/report.ts'
import type { Fault, GenerateResult } from '../../testing/generate/result.ts'
import type { GenerateSettings } from '../../testing/generate/settings.ts'
import { failure, usageError } from '../failure.ts'
import { complain, print } from '../output.ts'
import { type TestOptions, wholeNumber } from './options.ts'
import { secretValues, testSettings } from './settings.ts'
import { standardOutput } from './standard-output.ts'
import { openTarget } from './target.ts'

/** Tests an app, or any API by its description, with tests that are made from the description; returns the exit code. */
export async function runGenerated(
  args: readonly string[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<number> {
  const reports = reportsOf(options.reporter)
  const given = settingsOf(options)
  const place = await placeOf(args, options)
  await using opened = await openTarget(place.options, { asked: [], app: place.app, base: place.app ?? process.cwd() })
  const { api } = opened.target
  if (api === undefined) throw usageError('--generate with --address needs a description: name it with --api')
  const variables = await testSettings(options, place.app === undefined ? [] : [join(place.app, 'features')])
  const hidden = secretValues(options, variables, process.env)
  try {
    const result = await generateTests({
      api,
      send: opened.target.send,
      settings: {
        ...given,
        own: opened.target.inProcess === true,
        address: opened.target.address,
        credentials: credentialsOf(api, variables),
        signal,
      },
    })
    const faults = options.saveFaults === undefined ? [] : await saveFaults(result, resolve(options.saveFaults))
    await report(result, reports, options.color, hidden)
    for (const file of faults) await complain(`Written: ${file}`)
    return result.ok ? 0 : 1
  } catch (error) {
    if (error instanceof RangeError) throw failure(error.message)
    throw error
  }
}

/** What is tested: an app, or the API of a document. */
async function placeOf(
  args: readonly string[],
  options: TestOptions,
): Promise<{ readonly app: string | undefined; readonly options: TestOptions }> {
  const [first, ...others] = args
  if (others.length > 0)
    throw usageError('--generate takes one app folder or one API description: leave out the others')
  const isFolder =
    first !== undefined && !isAddress(first) && (await stat(resolve(first)).catch(() => undefined))?.isDirectory()
  if (first !== undefined && isFolder !== true) {
    return { app: undefined, options: { ...options, api: first, address: options.address ?? (await serverOf(first)) } }
  }
  const app = options.address === undefined ? resolve(options.app ?? first ?? '.') : undefined
  return { app, options }
}

async function serverOf(document: string): Promise<string> {
  const { servers } = await described(document)
  const base = isAddress(document) ? document : undefined
  const [first = '/'] = servers
  if (URL.canParse(first, base)) return new URL(first, base).href
  throw usageError(`${document} does not say where its API is served: add --address <url>`)
}

async function described(document: string): Promise<ReadApi> {
  try {
    return await loadApi(document)
  } catch (error) {
    throw error instanceof DocumentError ? failure(error.message) : error
  }
}

function settingsOf({ seed, examples, failUnder, checks }: TestOptions): GenerateSettings {
  return {
    ...(seed !== undefined && { seed: seedOf(seed) }),
    ...(examples !== undefined && { examples: wholeNumber('--examples', examples, 0) }),
    ...(failUnder !== undefined && { failUnder: wholeNumber('--fail-under', failUnder, 0) }),
    ...(checks !== undefined && { checks: checks.split(',').map(checkOf) }),
  }
}

function seedOf(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  throw usageError(`--seed is '${text}': give the whole number that an earlier run has printed`)
}

function checkOf(text: string): CheckName {
  const found = checkTable.find(({ name }) => name === text.trim().replaceAll('-', '_'))
  if (found !== undefined) return found.name
  throw usageError(`There is no check '${text}': choose of ${checkTable.map(({ name }) => name).join(', ')}`)
}

/** Variables that have the name of a security scheme are its credentials. */
function credentialsOf(
  { securitySchemes }: ReadApi,
  variables: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const names = Object.keys(securitySchemes)
  return Object.fromEntries(names.flatMap((name) => (name in variables ? [[name, String(variables[name])]] : [])))
}

interface Report {
  readonly isJson: boolean
  readonly file: string | undefined
}

function reportsOf(specs: readonly string[]): readonly Report[] {
  return (specs.length === 0 ? ['pretty'] : specs).map((spec) => {
    const [, name, file] = /^(pretty|json)(?::(.+))?$/s.exec(spec) ?? []
    if (name === undefined) throw usageError(`--generate has no reporter '${spec}': choose pretty or json`)
    return { isJson: name === 'json', file }
  })
}

async function report(
  result: GenerateResult,
  reports: readonly Report[],
  color: boolean,
  hidden: readonly string[],
): Promise<void> {
  const covered = (text: string): string => hidden.reduce((rest, value) => rest.replaceAll(value, '***'), text)
  for (const { isJson, file } of reports) {
    const colors = file === undefined && standardOutput(color).colors
    const text = covered(isJson ? reportJson(result) : reportText(result, { colors }))
    if (file === undefined) await print(text)
    else await write(resolve(file), text)
  }
}

async function saveFaults({ faults }: GenerateResult, folder: string): Promise<readonly string[]> {
  const counted = faults.filter(({ allowed }) => !allowed)
  return await Promise.all(
    counted.map(async (fault: Fault) => {
      const file = join(folder, faultFileName(fault))
      await write(file, faultFeature(fault))
      return file
    }),
  )
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
