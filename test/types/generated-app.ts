import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

/** An app of many services on disk, for the compiler; it is deleted when its scope ends. */
export interface GeneratedApp extends AsyncDisposable {
  readonly folder: string
}

/** What may be changed in the service with this number, as a search text and its replacement. */
export interface Change {
  readonly service: number
  readonly from: string
  readonly to: string
}

const perFile = 4

/**
 * Writes an app of so many services, a multiple of four and at least eight, inside the repository, so that it finds
 * `trestle` and `zod` as any app does; where the tools of the repository do not look.
 */
export async function generateApp(services: number, change?: Change): Promise<GeneratedApp> {
  const parent = join(root, 'node_modules', '.cache')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'trestle-types-'))
  await mkdir(join(folder, 'services'))
  const config = { extends: join(root, 'tsconfig.json'), include: ['.'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  await writeFile(join(folder, 'database.ts'), database)
  for (let first = 0; first < services; first += perFile) {
    await writeFile(join(folder, 'services', `file-${first / perFile}.ts`), serviceFile(first, services, change))
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

const database = `import { provider } from 'trestle'

export interface Database {
  readonly find: <T>(table: string, id: number) => Promise<T | undefined>
  readonly insert: <T extends object>(table: string, row: T) => Promise<T & { id: number }>
  readonly begin: () => Promise<Database>
  readonly end: (error: unknown) => Promise<void>
}

export const database = provider((): Database => { throw new Error('the compiler alone reads this') }, { scope: 'app' })
export const transaction = provider(({ database }) => database.begin(), {
  use: { database },
  dispose: (open, error) => open.end(error),
})
`

function serviceFile(first: number, services: number, change: Change | undefined): string {
  const numbers = Array.from({ length: Math.min(perFile, services - first) }, (_, offset) => first + offset)
  const neighbour = (first + perFile) % services
  return [
    `import { get, notFound, post, service } from 'trestle'`,
    `import { z } from 'zod'`,
    `import { transaction } from '../database.ts'`,
    `import { create${neighbour} } from './file-${neighbour / perFile}.ts'`,
    `const base = service.with({ use: { transaction }, tags: ['File ${first}'] })`,
    ...numbers.map((number) => {
      const text = serviceText(number, number === first ? neighbour : first)
      return change?.service === number ? text.replace(change.from, change.to) : text
    }),
  ].join('\n\n')
}

/** Its members differ from service to service, so that the compiler cannot answer for one from another. */
function serviceText(number: number, neighbour: number): string {
  return `const Order${number} = z.object({
  customer_${number}: z.string().min(1).max(${100 + number}),
  email: z.email(),
  status: z.enum(['open', 'paid', 'sent_${number}']),
  amount: z.number().positive(),
  placed_at: z.iso.datetime(),
  note: z.string().nullable(),
  priority: z.int().default(${number}),
  lines: z.array(z.object({ sku: z.string(), count_${number}: z.int().positive() })),
}).meta({ id: 'Order${number}' })

export const create${number} = base({
  summary: 'Make order ${number}',
  input: Order${number}.extend({ tenant_id: z.int(), region: z.string().optional() }),
  output: Order${number}.extend({ id: z.int() }),
  throws: ['not_found', 'conflict'],
  on: [
    post('/tenants/{tenant_id}/orders-${number}', { status: 201, in: { region: 'header' } }),
    get('/partner/{tenant_id}/orders-${number}/{priority}'),
  ],
  handle: async ({ input: { tenant_id, region, ...order }, transaction, invoke, log }) => {
    log.info({ tenant_id, region, lines: order.lines.length }, 'Making an order')
    const made = await transaction.insert('orders', order)
    if (made.amount > 1000) {
      const next = await invoke(create${neighbour}, {
        tenant_id,
        customer_${neighbour}: made.customer_${number},
        email: made.email,
        status: 'open',
        amount: made.amount / 2,
        placed_at: made.placed_at,
        note: null,
        lines: [{ sku: made.lines[0]?.sku ?? notFound('The order has no lines'), count_${neighbour}: 1 }],
      })
      log.info({ id: next.id, status: next.status, customer: next.customer_${neighbour} }, 'Made the next one')
    }
    return { ...made, id: made.id }
  },
})`
}
