import type { SecurityHost } from '../host.ts'
import type { Limits } from '../limits/limits.ts'
import type { KnownLogins } from '../login/known-logins.ts'
import { type LogIn, logIn } from './log-in.ts'
import type { People } from './people.ts'
import { sessionCookies } from './session-cookie.ts'
import { type SessionSettings, sessionFaults, sessionSettings } from './session-settings.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** Where people log in for a session, and log out. */
export interface SessionDoor {
  readonly path: string
  /** The `session()` definitions of the app; where there are none, nobody logs in. */
  readonly definitions: readonly string[]
  readonly sessions: Sessions
  readonly logIn: LogIn
  /** The security scheme of the API description. */
  readonly scheme: Readonly<Record<string, string>>
  /** What is wrong with the settings, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
}

/** What a door is made of. */
export interface SessionDoorParts {
  readonly host: Pick<SecurityHost, 'data' | 'clock' | 'report' | 'title'>
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
  readonly people: People
  readonly names: KnownLogins
  readonly definitions: readonly string[]
}

/** Makes the door of an app. */
export function sessionDoor(
  settings: SessionSettings | undefined,
  { host, limits, people, names, definitions }: SessionDoorParts,
): SessionDoor {
  const full = sessionSettings(settings)
  const { path, trustedOrigins } = full
  const { name } = sessionCookies(full)({ origin: 'https:' })
  const sessions = createSessions(host, full, people)
  const unused = settings !== undefined && definitions.length === 0
  return {
    ...{ path, definitions, sessions },
    scheme: {
      ...{ type: 'apiKey', in: 'cookie', name },
      description: `POST ${path} logs in. Over http the cookie is called ${full.cookie}. Requests that change something need X-CSRF-Token, unless the browser says that they come from the API's own origin.`,
    },
    logIn: logIn({ host, limits, sessions, names, trustedOrigins }),
    faults: [
      ...sessionFaults(settings ?? {}),
      ...(unused ? ['sessions is set, but security has no session(): add one, and name it where sessions let in'] : []),
    ],
  }
}
