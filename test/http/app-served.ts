import { type App, type AppOptions, createApp } from '../../src/index.ts'
import { silentLogger } from '../../src/kernel/logger.ts'

/** An app that listens. */
export interface ServedApp extends AsyncDisposable {
  readonly app: App
  readonly port: number
}

/** Serves an app on a free port until the scope ends. */
export async function serveApp(options: AppOptions): Promise<ServedApp> {
  const app = createApp({ log: silentLogger, ...options })
  const { port } = await app.listen({ port: 0 })
  return { app, port, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}
