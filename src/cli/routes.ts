import { styleText } from 'node:util'
import type { Command } from 'commander'
import { isBuiltIn } from '../kernel/service-names.ts'
import type { AppRoute } from '../platform/app-routes.ts'
import type { App } from '../platform/app-types.ts'
import { openApp } from '../platform/open-app.ts'
import { appOf, declareApp } from './app-argument.ts'
import { keepOutputForResult, print } from './output.ts'
import { alignedTable } from './table.ts'

/** One channel, as the list shows it. */
interface Row extends AppRoute {
  readonly summary: string
}

export function declare(command: Command): void {
  declareApp(command).option('--json', 'print the channels as JSON')
}

export async function run(command: Command): Promise<number> {
  keepOutputForResult()
  const { app } = await openApp(appOf(command))
  const rows = rowsOf(app)
  await app.close()
  const { json } = command.opts<{ json?: true }>()
  await print(json ? JSON.stringify(rows, null, 2) : tableOf(rows))
  return 0
}

function rowsOf(app: App): readonly Row[] {
  const summaries = new Map(app.services.map(({ name, service }) => [name, service.summary ?? '']))
  const own = app.routes.filter(({ service }) => !isBuiltIn(service))
  const rows = own.map((route): Row => ({ ...route, summary: summaries.get(route.service) ?? '' }))
  return rows.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
}

function tableOf(rows: readonly Row[]): string {
  const withVersions = rows.some(({ version }) => version !== undefined)
  const line = (method: string, path: string, version: string, service: string, summary: string): string[] =>
    withVersions ? [method, path, version, service, summary] : [method, path, service, summary]
  const cells = rows.map(({ method, path, version = '', service, summary }) =>
    line(method, path, version, service, summary),
  )
  const [head = '', ...lines] = alignedTable([line('METHOD', 'PATH', 'VERSION', 'SERVICE', 'SUMMARY'), ...cells])
  return [styleText('dim', head), ...lines].join('\n')
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
