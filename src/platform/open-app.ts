import { resolve } from 'node:path'
import { createApp } from './app.ts'
import { loadAppFolder } from './app-folder.ts'
import type { AppSettings } from './app-options.ts'
import type { App } from './app-types.ts'
import { useAppEnvironment } from './environment.ts'
import type { RunWith } from './run-options.ts'

/** An app made from its folder, with the settings that its configuration gave. */
export interface OpenedApp {
  readonly app: App
  readonly settings: AppSettings
}

/**
 * Makes the app of a folder, in the environment that its `.env` adds to. What has to outlast the process goes to the folder
 * that `TRESTLE_DATA` names, `.trestle` if it is not set; both are in the folder of the app.
 *
 * @throws StartupError with every reason why the app cannot start
 */
export async function openApp(folder: string, run: RunWith = {}): Promise<OpenedApp> {
  useAppEnvironment(folder)
  const { services, settings } = await loadAppFolder(folder)
  const data = resolve(folder, process.env.TRESTLE_DATA || '.trestle')
  return { app: createApp({ ...settings, folder, data, ...run, services }), settings }
}
