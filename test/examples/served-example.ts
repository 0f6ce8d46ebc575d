import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { type Logger, silentLogger } from '../../src/kernel/logger.ts'
import type { App } from '../../src/platform/app-types.ts'
import { openApp } from '../../src/platform/open-app.ts'
import type { RunOptions } from '../../src/platform/run-options.ts'

/** A listening example, which closes at the end of the scope. */
export interface ServedExample extends AsyncDisposable {
  readonly app: App
  readonly port: number
  readonly url: string
}

/** Serves one of the examples on a free port, just as it was when it started: none keeps what another test did. */
export async function serveExample(
  name: string,
  run: RunOptions & { readonly log?: Logger } = {},
): Promise<ServedExample> {
  const { app } = await openApp(join(root, 'examples', name), { log: silentLogger, mode: 'test', ...run })
  const { port, url } = await app.listen({ port: 0 })
  return { app, port, url, [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })) }
}
