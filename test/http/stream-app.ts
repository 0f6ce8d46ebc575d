import type { Service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'
import type { App, AppOptions } from '../../src/platform/app-types.ts'
import { keptLog, type LogEntry } from './served.ts'

/** An app that listens on a free port until the scope ends. */
export interface StreamApp extends AsyncDisposable {
  readonly app: App
  readonly port: number
  readonly url: string
  /** The lines at level error. */
  readonly errors: () => readonly string[]
}

/** Serves the services until the scope ends; nothing is waited for then. */
export async function streamApp(services: readonly Service[], options: Partial<AppOptions> = {}): Promise<StreamApp> {
  const lines: LogEntry[] = []
  const app = createApp({ services, log: keptLog(lines), ...options })
  const { port, url } = await app.listen({ port: 0 })
  return {
    app,
    port,
    url,
    errors: () => lines.filter(({ level }) => level === 'error').map(({ message }) => message),
    [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })),
  }
}

/** Told when something has happened: `told.promise` settles when `told.resolve` is called. */
export function happening<T = void>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>()
}
