import { readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isService } from '../kernel/service.ts'
import { nameServices, type ServiceTree } from '../kernel/service-names.ts'
import { StartupError } from '../kernel/startup-error.ts'
import type { AppSettings } from './app-options.ts'
import { configurationFile } from './configuration/configuration-file.ts'
import { existingFolder } from './existing-folder.ts'
import { importFault } from './import-fault.ts'

/** An app, as its folder holds it. */
export interface AppFolder {
  /** The modules of services by the parts of their paths, so that file and export name each service. */
  readonly services: ServiceTree
  readonly settings: AppSettings
  /** The files that were loaded, absolute: services, then the configuration. */
  readonly files: readonly string[]
}

const code = /(?<!\.d|\.test)\.m?[jt]s$/
const configs = ['ts', 'mts', 'js', 'mjs'].map((extension) => `trestle.config.${extension}`)

const example = "`export const hello = service({ on: get('/hello'), handle: () => {} })`"

/**
 * Loads an app from its folder: every service in `services/`, and `trestle.config.ts` and `trestle.yaml` where they are.
 *
 * @throws StartupError with every file that cannot be loaded, or why the folder holds no app
 */
export async function loadAppFolder(place: string): Promise<AppFolder> {
  const folder = existingFolder(place)
  const names = await readdir(folder)
  const [serviceFiles, config, written] = await Promise.all([
    findServices(folder),
    findConfig(folder, names),
    configurationFile(folder, names),
  ])
  if (serviceFiles.length === 0) {
    throw new StartupError([
      `${folder} has no services: write services/hello.ts with ${example}, or make an app with 'npx trestle new <folder>'`,
    ])
  }
  const files = config === undefined ? serviceFiles : [...serviceFiles, config]
  const modules = await importAll(files, folder, written?.faults ?? [])
  const services = serviceFiles.map((file, index) => nested(pathParts(folder, file), modules[index] ?? {}))
  const settings = config === undefined ? {} : settingsOf(modules.at(-1) ?? {}, folder, relative(folder, config))
  if (nameServices(services).length === 0) {
    throw new StartupError([
      `No file in ${join(folder, 'services')} exports a service: write ${example} in one of them`,
    ])
  }
  if (written === undefined) return { services, settings, files }
  const { withConfiguration } = await import('./configuration/with-configuration.ts')
  return { ...withConfiguration({ services, settings }, written, relative(folder, config ?? '')), files }
}

async function findServices(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'services'), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory() && code.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).split(sep).includes('node_modules'))
    .sort()
}

function findConfig(folder: string, names: readonly string[]): string | undefined {
  const name = configs.find((each) => names.includes(each))
  return name && join(folder, name)
}

type Module = Readonly<Record<string, unknown>>

async function importAll(
  files: readonly string[],
  folder: string,
  others: readonly string[],
): Promise<readonly Module[]> {
  const loaded = await Promise.allSettled(files.map((file): Promise<Module> => import(pathToFileURL(file).href)))
  const faults = loaded.flatMap((each, index) =>
    each.status === 'rejected' ? [importFault(each.reason, files[index] ?? folder, folder)] : [],
  )
  if (faults.length + others.length > 0) throw new StartupError([...new Set(await Promise.all(faults)), ...others])
  return loaded.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

/** `services/hr/employee.ts` becomes `['hr', 'employee']`. */
function pathParts(folder: string, file: string): string[] {
  return relative(join(folder, 'services'), file).replace(code, '').split(sep)
}

function nested(parts: readonly string[], module: Module): ServiceTree {
  return parts.reduceRight<ServiceTree>((tree, part) => ({ [part]: tree }), module)
}

function settingsOf(module: Module, folder: string, file: string): AppSettings {
  const { app } = module
  if (typeof app !== 'object' || app === null || isService(app)) {
    throw new StartupError([
      `${file} exports no 'app': write \`export const app = defineApp({ title: 'My API' })\` in it`,
    ])
  }
  return { ...app, ...placedIn(folder, app) }
}

/** The folders of files that the app serves, relative to its own. */
function placedIn(folder: string, { static: folders }: AppSettings): Pick<AppSettings, 'static'> {
  if (folders === undefined) return {}
  const placed = Object.entries(folders).map(([path, setting]) => {
    const options = typeof setting === 'string' ? { folder: setting } : setting
    return [path, { ...options, folder: resolve(folder, options.folder) }]
  })
  return { static: Object.fromEntries(placed) }
}
