import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GeneratedApp } from './generated-app.ts'

/** How many services a file of a generated app holds. */
const perFile = 4

/**
 * Writes an app of the generated services, and a file beside it that calls each of their two operations by a client
 * which is typed by the app. Without `calls` the file has none, so that the cost of the app itself can be told from theirs.
 */
export async function addClient({ folder }: GeneratedApp, services: number, calls: boolean): Promise<void> {
  const files = Array.from({ length: services / perFile }, (_, at) => `file${at}`)
  const imports = files.map((name, at) => `import * as ${name} from './services/file-${at}.ts'`)
  const app = `export const app = createApp({ services: { ${files.join(', ')} } })`
  await writeFile(join(folder, 'app.ts'), ["import { createApp } from 'trestle'", ...imports, app].join('\n'))
  await writeFile(join(folder, 'calls.ts'), [opening, ...(calls ? numbers(services).map(callsOf) : [])].join('\n'))
}

/** What a file begins with that calls the app. */
export const opening: string = `import type { TypedClient } from 'trestle/client'
import type { app } from './app.ts'

export declare const api: TypedClient<typeof app>`

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number)
}

function callsOf(number: number): string {
  return `
export async function call${number}(): Promise<string> {
  const made = await api
    .post('/tenants/{tenant_id}/orders-${number}', {
      params: { tenant_id: ${number} },
      headers: { region: 'eu' },
      json: {
        customer_${number}: 'Ada',
        email: 'ada@example.com',
        status: 'sent_${number}',
        amount: 1,
        placed_at: '2026-01-01T00:00:00Z',
        note: null,
        lines: [{ sku: 'a', count_${number}: 1 }],
      },
    })
    .json()
  const params = {
    ...{ tenant_id: made.id, customer_${number}: 'Ada', email: made.email, status: made.status },
    ...{ amount: 1, placed_at: made.placed_at, note: null, lines: made.lines, priority: 1 },
  }
  const same = await api.get('/partner/{tenant_id}/orders-${number}/{priority}', { params }).json()
  return same.customer_${number}
}`
}
