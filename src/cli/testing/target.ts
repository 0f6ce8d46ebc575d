import { toList } from '../../kernel/one-or-many.ts'
import { nameServices } from '../../kernel/service-names.ts'
import { apiVersions, ofApiVersion } from '../../openapi/api-version.ts'
import { openApiDocument } from '../../openapi/document.ts'
import { DocumentError } from '../../openapi/read/document-error.ts'
import type { ReadApi } from '../../openapi/read/read-api.ts'
import { readOpenApi } from '../../openapi/read/read-open-api.ts'
import { createApp } from '../../platform/app.ts'
import { loadAppFolder } from '../../platform/app-folder.ts'
import { appEnvironment, useAppEnvironment } from '../../platform/environment.ts'
import { isUsualAddress, type Target } from '../../testing/plain-english/target.ts'
import { defaultAddress } from '../address.ts'
import { failure, usageError } from '../failure.ts'
import type { CallNotes } from './call-notes.ts'
import { keptLog } from './kept-log.ts'
import { type TestOptions, wholeNumber } from './options.ts'
import type { TestPlaces } from './places.ts'
import { reachable } from './reachable.ts'

/** The API under test, until it is closed. */
export interface OpenTarget extends AsyncDisposable {
  readonly target: Target
  readonly logOf: (cid: string) => readonly string[]
  /** The files of services by the names of these, where they are known. */
  readonly serviceFiles: ReadonlyMap<string, string>
}

/**
 * Opens the API under test: the app in this process, the same one for all features, or the server at an address. The
 * calls of an app are noted where somebody asks for that.
 *
 * @throws StartupError, Failure
 */
export async function openTarget(
  options: TestOptions,
  { app, base }: TestPlaces,
  notes?: CallNotes,
): Promise<OpenTarget> {
  const port = portOf(options, appEnvironment(base))
  if (options.address !== undefined) {
    useAppEnvironment(base)
    const address = addressOf(options.address)
    if (options.dryRun !== true) await reachable(address)
    return atAddress(address, await apiOf(options.api), port)
  }
  if (app !== undefined) return await inProcess(app, port, notes)
  throw usageError(
    `There is no app around the features, below ${base}: name its folder with --app, or a server with --address`,
  )
}

async function inProcess(folder: string, port: number, notes?: CallNotes): Promise<OpenTarget> {
  useAppEnvironment(folder)
  const { services, settings, files } = await loadAppFolder(folder)
  const kept = keptLog()
  const before = [...(notes === undefined ? [] : [notes.before]), ...toList(settings.before)]
  const app = createApp({ ...settings, services, before, mode: 'test', log: kept.log, onReply: notes?.onReply })
  const described = (version?: string): ReadApi => {
    return readOpenApi(openApiDocument(ofApiVersion(app.description, version)))
  }
  const target: Target = {
    name: 'in process',
    address: `http://localhost:${port}`,
    isMeant: (url) => isUsualAddress(url, port),
    inProcess: true,
    send: (request) => app.fetch(request),
    api: described(),
    versions: apiVersions(app.description).map((version) => described(version)),
  }
  const serviceFiles = new Map(
    // The trees of service files are in the order of the files.
    toList(services).flatMap((tree, index) =>
      nameServices([tree]).map(({ name }) => [name, files[index] ?? ''] as const),
    ),
  )
  const close = async (): Promise<void> => void (await app.close({ deadline: 0 }))
  return { target, logOf: kept.of, serviceFiles, [Symbol.asyncDispose]: close }
}

function atAddress(address: URL, api: ReadApi | undefined, port: number): OpenTarget {
  const base = `${address.origin}${address.pathname}`.replace(/\/+$/, '')
  const target: Target = {
    name: base,
    address: base,
    // Features of an app name the address that it is usually served at.
    isMeant: (url) => isUsualAddress(url, port) || url.origin === address.origin,
    send: (request) => fetch(request),
    api,
  }
  return { target, logOf: () => [], serviceFiles: new Map(), [Symbol.asyncDispose]: async () => undefined }
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw usageError(`--address is '${text}': write it as http://127.0.0.1:17010 or https://api.example.com`)
}

async function apiOf(place: string | undefined): Promise<ReadApi | undefined> {
  if (place === undefined) return undefined
  try {
    const { loadApi } = await import('../../openapi/read/load.ts')
    return await loadApi(place)
  } catch (error) {
    throw error instanceof DocumentError ? failure(error.message) : error
  }
}

function portOf({ port }: TestOptions, environment: NodeJS.ProcessEnv): number {
  if (port !== undefined) return wholeNumber('--port', port, 1)
  return Number(environment.TRESTLE_PORT || defaultAddress.port)
}
