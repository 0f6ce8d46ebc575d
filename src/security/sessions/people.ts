import { z } from 'zod'
import type { Awaitable } from '../../kernel/chain.ts'
import { type Service, service } from '../../kernel/service.ts'
import { BoundedMap } from '../authenticate/bounded-map.ts'
import type { SecurityHost } from '../host.ts'
import type { Login, Person } from '../login/login.ts'
import type { Users } from '../users/users.ts'
import { personOf } from '../users/users-login.ts'

/** How sessions know whether those who have logged in still may. */
export interface People {
  /** Who this is now; nobody where they may log in no more, or have to do so anew. */
  readonly current: (known: Person) => Awaitable<Person | undefined>
  /** Told of somebody who has just logged in. */
  readonly loggedIn: (person: Person) => void
}

/** The name of the service that asks an app's own `find`. */
const finder = 'trestle.sessions.find-person'

/** How long an answer of an app's own `find` counts for its sessions, in milliseconds. */
const keptFor = 5000

/** So many answers are kept. */
const keptAnswers = 10_000

/** A service without a channel, so that an app's own `find` gets a call, with what it uses; none where there is no `find`. */
export function findPerson(login: Login | undefined): readonly Service[] {
  if (login?.find === undefined) return []
  const { use, find } = login
  const Found = z.object({
    username: z.string(),
    roles: z.array(z.string()).readonly().optional(),
    scopes: z.array(z.string()).readonly().optional(),
    claims: z.record(z.string(), z.unknown()).optional(),
    stamp: z.string().optional(),
  })
  return [
    service({
      name: finder,
      use,
      input: z.object({ username: z.string() }),
      output: z.object({ person: Found.optional() }),
      handle: async (call) => ({ person: await find(call.input.username, call as never) }),
    }),
  ]
}

/** The people of an app's sessions: its stored users as they are at each call, or what its own `find` says. */
export function peopleOf(
  login: Login | undefined,
  users: Users,
  { invoke, clock }: Pick<SecurityHost, 'invoke' | 'clock'>,
): People {
  const loggedIn = (): void => {}
  if (login === undefined) return { current: (known) => same(known, personOf(users.find(known.username))), loggedIn }
  if (login.find === undefined) return { current: (known) => known, loggedIn }
  const answers = new BoundedMap<{ readonly person: Person | undefined; readonly until: number }>(keptAnswers)
  const now = (): number => clock.now().getTime()
  return {
    current: async (known) => {
      const { username } = known
      const kept = answers.get(username)
      if (kept !== undefined && now() < kept.until) return same(known, kept.person)
      const { person } = (await invoke(finder, { username })) as { readonly person?: Person }
      answers.set(username, { person, until: now() + keptFor })
      return same(known, person)
    },
    loggedIn: ({ username }) => answers.delete(username),
  }
}

function same(known: Person, found: Person | undefined): Person | undefined {
  return found?.stamp === known.stamp ? found : undefined
}
