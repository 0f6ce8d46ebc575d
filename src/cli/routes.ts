import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { App } from '../platform/app.ts'
import { openApp } from '../platform/open-app.ts'
import { isBuiltIn } from '../platform/served.ts'
import { appOf, declareApp } from './app-argument.ts'
import { keepOutputForResult, print } from './output.ts'
import { alignedTable } from './table.ts'

/** One channel, as the list shows it. */
interface Row {
  readonly method: string
  readonly path: string
  readonly service: string
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
  const rows = app.services
    .filter(({ name }) => !isBuiltIn(name))
    .flatMap(({ name, service, channels }) =>
      channels.map(({ address }): Row => {
        const [method = '', ...path] = address.split(' ')
        return { method, path: path.join(' '), service: name, summary: service.summary ?? '' }
      }),
    )
  return rows.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
}

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ method, path, service, summary }) => [method, path, service, summary])
  const [head = '', ...lines] = alignedTable([['METHOD', 'PATH', 'SERVICE', 'SUMMARY'], ...cells])
  return [styleText('dim', head), ...lines].join('\n')
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
