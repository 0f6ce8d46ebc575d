import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DocumentError } from '../../openapi/read/document-error.ts'
import { isAddress, loadApi } from '../../openapi/read/load.ts'
import type { ReadApi } from '../../openapi/read/read-api.ts'
import { generateTests } from '../../testing/generate/generate-tests.ts'
import { failure, usageError } from '../failure.ts'
import { complain } from '../output.ts'
import { generateReports, saveFaults, showProgress, writeReports } from './generate-output.ts'
import { credentialsOf, generateSettings } from './generate-settings.ts'
import type { TestOptions } from './options.ts'
import { secretValues, testSettings } from './settings.ts'
import { standardOutput } from './standard-output.ts'
import { openTarget } from './target.ts'

/** Tests an app, or any API by its description, with tests that are made from the description; returns the exit code. */
export async function runGenerated(
  args: readonly string[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<number> {
  const reports = generateReports(options.reporter)
  const given = await generateSettings(options)
  const place = await placeOf(args, options)
  await using opened = await openTarget(place.options, { asked: [], app: place.app, base: place.app ?? process.cwd() })
  const { api } = opened.target
  if (api === undefined) throw usageError('--generate with --address needs a description: name it with --api')
  const variables = await testSettings(options, place.app === undefined ? [] : [join(place.app, 'features')])
  const credentials = credentialsOf(api, options, variables, process.env)
  const hidden = [...secretValues(options, variables, process.env), ...Object.values(credentials)].filter(
    (value) => value !== '',
  )
  const progress = showProgress(standardOutput(options.color))
  try {
    const result = await generateTests({
      api,
      send: opened.target.send,
      settings: {
        ...given,
        own: opened.target.inProcess === true,
        address: opened.target.address,
        credentials,
        signal,
        onProgress: progress.show,
      },
    })
    progress.clear()
    const faults = options.saveFaults === undefined ? [] : await saveFaults(result, resolve(options.saveFaults))
    await writeReports(result, reports, options.color, hidden)
    for (const file of faults) await complain(`Written: ${file}`)
    return result.ok ? 0 : 1
  } catch (error) {
    progress.clear()
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
