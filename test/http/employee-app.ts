import * as employee from '../../examples/employee/services/employee.ts'
import { app as settings } from '../../examples/employee/trestle.config.ts'
import { createApp } from '../../src/platform/app.ts'
import type { App, AppOptions } from '../../src/platform/app-types.ts'
import { keptLog, type LogEntry } from './served.ts'

/** The employee example, listening on a free port until the scope ends. */
export interface EmployeeApp extends AsyncDisposable {
  readonly app: App
  readonly port: number
  readonly log: readonly LogEntry[]
}

/** Serves the employee example as it runs in production, with a log that is kept. */
export async function serveEmployees(options: Partial<AppOptions> = {}): Promise<EmployeeApp> {
  const log: LogEntry[] = []
  const app = createApp({ ...settings, mode: 'production', services: { employee }, log: keptLog(log), ...options })
  const { port } = await app.listen({ port: 0 })
  return {
    app,
    port,
    log,
    [Symbol.asyncDispose]: async () => {
      await app.close({ deadline: 0 })
    },
  }
}
