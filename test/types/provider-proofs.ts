// What the compiler says of providers; see service-proofs.ts.
import { type Logger, type Provider, provider, service } from 'trestle'
import { z } from 'zod'
import { type Equal, proves } from './equal.ts'

interface Database {
  readonly find: (id: number) => string | undefined
  readonly close: () => Promise<void>
}
declare const opened: Database

const database = provider(() => opened, { scope: 'app', dispose: (open) => open.close() })
const user = provider(async ({ database, cid }) => ({ name: database.find(1) ?? cid }), { use: { database } })

// What a provider makes is inferred from its maker, and waited for.

proves<Equal<typeof database, Provider<Database>>>(true)
proves<Equal<typeof user, Provider<{ name: string }>>>(true)

export const typed = service({
  use: { database, user },
  handle: ({ database, user }) => {
    proves<Equal<typeof database, Database>>(true)
    proves<Equal<typeof user, { name: string }>>(true)
  },
})

export const disposed = provider(() => opened, {
  dispose: (value, error) => {
    proves<Equal<typeof value, Database>>(true)
    proves<Equal<typeof error, unknown>>(true)
  },
})

export const wide: Provider<unknown> = database

// @ts-expect-error: a provider of one thing is not a provider of another
export const other: Provider<string> = database

export const ofCall = provider(({ cid, log, signal, database }) => [cid, log, signal, database], { use: { database } })

export const ofApp = provider(
  ({ log, database }) => {
    proves<Equal<typeof log, Logger>>(true)
    return database
  },
  { scope: 'app', use: { database } },
)

// @ts-expect-error: what lives as long as the app sees no call
export const callInApp = provider(({ cid }) => cid, { scope: 'app' })

// @ts-expect-error: it was not asked for in `use`
export const notAskedFor = provider(({ database }) => database, { use: { user } })

// @ts-expect-error: there is no such scope
export const wrongScope = provider(() => opened, { scope: 'request' })

// Services.

export const wrongName = service({
  use: { database },
  // @ts-expect-error: nothing of that name is in `use`
  handle: ({ databse }) => databse,
})

export const wrongUse = service({
  use: { database },
  // @ts-expect-error: the database has no such method
  handle: ({ database }) => database.remove(1),
})

export const wrongArgument = service({
  use: { database },
  // @ts-expect-error: it finds by number
  handle: ({ database }) => void database.find('1'),
})

// @ts-expect-error: a value is no provider
export const noProvider = service({ use: { database: opened }, handle: () => {} })

export const hooks = service({
  input: z.object({ id: z.int() }),
  use: { database },
  before: ({ database, input }) => {
    proves<Equal<typeof database, Database>>(true)
    proves<Equal<typeof input, unknown>>(true)
  },
  after: [({ database }) => database.close(), (_, outcome) => void (outcome.ok ? outcome.output : outcome.error)],
  handle: () => {},
})

// Bases.

const base = service.with({ use: { database }, before: ({ database }) => void database.find(1) })
const inner = base.with({ use: { user }, before: ({ database, user }) => void database.find(user.name.length) })

export const ofBases = inner({
  use: { count: provider(() => 1) },
  before: ({ database, user, count }) => void database.find(count + user.name.length),
  handle: ({ database, user, count }) => {
    proves<Equal<typeof database, Database>>(true)
    proves<Equal<typeof user, { name: string }>>(true)
    proves<Equal<typeof count, number>>(true)
  },
})

export const replaced = base({
  use: { database: provider(() => 'fake') },
  handle: ({ database }) => {
    proves<Equal<typeof database, string>>(true)
  },
})

// @ts-expect-error: the outer base knows nothing of what the inner one adds
export const tooEarly = base({ handle: ({ user }) => void user })
