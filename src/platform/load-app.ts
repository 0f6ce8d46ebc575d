import type { Envelope } from '../http/rest-channel.ts'
import type { ServiceTree } from '../kernel/service-names.ts'
import type { App } from './app-types.ts'
import { openApp } from './open-app.ts'
import type { RunWith } from './run-options.ts'

/**
 * Makes the app of a folder, as the command line does: with its services, its configuration and its `.env`. No file names
 * its services, so whoever wants them in the type of the app writes them down, as for {@link App}.
 *
 * ```ts
 * import { mkdir, writeFile } from 'node:fs/promises'
 * import { loadApp } from 'trestle'
 *
 * await mkdir('greetings/services', { recursive: true })
 * const code = "import { get, service } from 'trestle'\nexport const hello = service({ on: get('/hello'), handle: () => {} })"
 * await writeFile('greetings/services/greeting.ts', code)
 * await using app = await loadApp('greetings')
 * app.routes[0]?.service // => 'greeting.hello'
 * ```
 *
 * @throws StartupError with every reason why the app cannot start.
 */
export function loadApp<
  Services extends ServiceTree = ServiceTree,
  Prefix extends string | false = string | false,
  E extends Envelope = Envelope,
>(folder: string, run: RunWith = {}): Promise<App<Services, Prefix, E>> {
  return openApp(folder, run).then(({ app }) => app as App<Services, Prefix, E>)
}
