import { z } from 'zod'
import { del, get, post } from '../http/rest-channel.ts'
import type { CallContext } from '../kernel/call-context.ts'
import type { Caller } from '../kernel/caller.ts'
import { problem } from '../kernel/problem.ts'
import { type Service, service } from '../kernel/service.ts'
import { attemptOf } from '../security/login/attempt-of.ts'
import type { Login } from '../security/login/login.ts'
import type { SessionDoor } from '../security/sessions/session-door.ts'
import type { Session } from '../security/sessions/sessions.ts'

/** A user name and a password take less. */
const bodyLimit = 16_384

// What it says is for one browser, and for now.
const unkept = { headers: { 'Cache-Control': 'no-store' }, cache: false } as const

const tags = ['Session']

/** Made only for apps that have sessions: making models takes milliseconds of the start. */
function sessionModels() {
  return {
    Given: z
      .object({ username: z.string(), password: z.string().meta({ format: 'password' }) })
      .meta({ id: 'TrestleSessionLogin' }),
    Shown: z
      .object({
        username: z.string(),
        roles: z.array(z.string()),
        scopes: z.array(z.string()),
        csrfToken: z.string().describe('What requests that change something send as X-CSRF-Token'),
        expires: z.iso.datetime().describe('When the session ends at the latest'),
      })
      .meta({ id: 'TrestleSession' }),
  }
}

/** The services behind `/session`: log in, ask who is logged in, log out; none where no definition lets sessions in. */
export function sessionServices(door: SessionDoor, login: Login): readonly Service[] {
  const { path, definitions, sessions } = door
  if (definitions.length === 0) return []
  const { Given, Shown } = sessionModels()
  return [
    service({
      name: 'trestle.sessions.log-in',
      summary: 'Log in',
      description: 'Begins a session, which the reply sets a cookie for, with a new id each time.',
      tags,
      use: login.use,
      input: Given,
      output: Shown,
      throws: ['invalid_credentials', 'cross_site_request', 'too_many_requests'],
      on: post(path, { ...unkept, bodyLimit, security: false, consumes: ['json', 'form'] }),
      handle: async (call) => {
        const { attempt, http } = asked(call)
        // An address is logged on its way, and kept in the history.
        if (http.query !== '') throw problem('bad_request', 'Send the user name and the password in the body')
        const session = await door.logIn(attempt, call.input, (given) => login.verify(given, call as never))
        const { name, options } = sessions.cookie(attempt)
        http.setCookie(name, session.id, options)
        return shownOf(session, session.person)
      },
    }),
    service({
      name: 'trestle.sessions.current',
      summary: 'Tell who is logged in',
      tags,
      output: Shown,
      on: get(path, { ...unkept, security: definitions }),
      handle: async (call) => {
        const session = await sessions.find(asked(call).attempt)
        // It may have ended since the guard has let the call in.
        if (session === undefined) throw problem('unauthorized', 'The session has ended')
        return shownOf(session, call.caller)
      },
    }),
    service({
      name: 'trestle.sessions.log-out',
      summary: 'Log out',
      tags,
      on: del(path, { ...unkept, security: definitions }),
      handle: (call) => {
        const { attempt, http } = asked(call)
        sessions.end(attempt)
        const { name, options } = sessions.cookie(attempt)
        http.clearCookie(name, options)
      },
    }),
  ]
}

function asked(call: CallContext) {
  const { http } = call
  const attempt = attemptOf(call)
  if (http === undefined || attempt === undefined)
    throw problem('bad_request', 'A session is kept in a cookie: ask for it over HTTP')
  return { attempt, http }
}

function shownOf(
  { csrfToken, expires }: Session,
  { username = '', roles = [], scopes = [] }: Partial<Pick<Caller, 'username' | 'roles' | 'scopes'>>,
) {
  return { username, roles: [...roles], scopes: [...scopes], csrfToken, expires: new Date(expires).toISOString() }
}
