import { discard } from '../discard.ts'
import { hex, randomHex } from '../hex.ts'
import type { OutgoingRequest } from '../layer.ts'
import type { AuthOptions, AuthScheme } from './auth.ts'
import { withAuthorization } from './basic.ts'
import { parseChallenges } from './challenges.ts'
import { md5 } from './md5.ts'

type Hash = (text: string) => string | Promise<string>

/** What one challenge is answered with, as often as the server takes its nonce. */
interface Session {
  readonly params: Readonly<Record<string, string>>
  readonly hash: Hash
  readonly cnonce: string
  /** The first half of every answer; it is the same for the whole session. */
  readonly secret: Promise<string>
  nonce: string
  count: number
}

/**
 * Proves who is calling by name and password without sending the password (RFC 7616, with SHA-256 or MD5, and their `-sess`
 * kinds; `qop=auth`). The first request to an origin is refused and sent again with the answer to the server's challenge,
 * for which its body must be one that can be sent twice; the ones after it carry the answer at once.
 *
 * ```ts
 * const auth = digest('ada', 'secret')
 * const challenge = { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' }
 * const fetch = ({ headers }: Request) =>
 *   headers.has('authorization') ? new Response('welcome') : new Response(null, { status: 401, headers: challenge })
 * await client('https://api.example.com', { auth, fetch }).get('/').text() // => 'welcome'
 * ```
 */
export function digest(username: string, password: string, { origins }: AuthOptions = {}): AuthScheme {
  const sessions = new Map<string, Session>()
  return {
    origins,
    authorize: async (request, next) => {
      if (request.headers.has('authorization')) return next(request)
      const { origin } = request.url
      let session = sessions.get(origin)
      for (let tries = 1; ; tries++) {
        const answer = session && (await answerOf(session, username, request))
        const reply = await next(answer === undefined ? request : withAuthorization(request, answer))
        const { nextnonce } = parseChallenges(`digest ${reply.headers.get('authentication-info')}`)[0]?.params ?? {}
        if (session !== undefined && nextnonce !== undefined) Object.assign(session, { nonce: nextnonce, count: 0 })

        const asked = reply.status === 401 ? sessionOf(reply, username, password) : undefined
        if (asked === undefined) return reply
        sessions.set(origin, asked)
        // A nonce that was kept may be over, and so may a new one on a busy server; anything else is a refusal.
        const again = tries === 1 || (tries === 2 && asked.params.stale?.toLowerCase() === 'true')
        if (!again || request.body?.replayable === false) return reply
        await discard(reply)
        session = asked
      }
    },
  }
}

/** What the reply asks for, in the best way that is known here; undefined when it asks for nothing that is. */
function sessionOf(reply: Response, username: string, password: string): Session | undefined {
  const offers = parseChallenges(reply.headers.get('www-authenticate') ?? '').flatMap(({ scheme, params }) => {
    const { nonce, qop, algorithm = 'MD5' } = params
    const hash = hashes()[algorithm.toUpperCase().replace(/-SESS$/, '')]
    if (scheme !== 'digest' || nonce === undefined || hash === undefined) return []
    return qop === undefined || /(?:^|[\s,])auth(?:$|[\s,])/i.test(qop) ? [{ params, nonce, hash }] : []
  })
  const best = offers.find(({ hash }) => hash === sha256) ?? offers[0]
  if (best === undefined) return undefined
  const { params, nonce, hash } = best
  const cnonce = randomHex(16)
  const secret = async (): Promise<string> => {
    const plain = await hash(`${username}:${params.realm ?? ''}:${password}`)
    return /-sess$/i.test(params.algorithm ?? '') ? hash(`${plain}:${nonce}:${cnonce}`) : plain
  }
  return { params, hash, cnonce, secret: secret(), nonce, count: 0 }
}

async function answerOf(session: Session, username: string, { method, url }: OutgoingRequest): Promise<string> {
  const { params, hash, cnonce, secret, nonce } = session
  const { realm = '', opaque, algorithm, qop, userhash } = params
  // Counted before anything is waited for: no two requests may carry the same count.
  const nc = (++session.count).toString(16).padStart(8, '0')
  const uri = `${url.pathname}${url.search}`
  const asked = await hash(`${method}:${uri}`)
  const middle = qop === undefined ? nonce : `${nonce}:${nc}:${cnonce}:auth`
  const response = await hash(`${await secret}:${middle}:${asked}`)
  const hashed = userhash?.toLowerCase() === 'true'
  const name = hashed ? await hash(`${username}:${realm}`) : username
  const parts = [
    /^[ -~]*$/.test(name)
      ? `username="${name.replace(/["\\]/g, '\\$&')}"`
      : `username*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)}`,
    `realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`,
  ]
  if (algorithm !== undefined) parts.push(`algorithm=${algorithm}`)
  if (opaque !== undefined) parts.push(`opaque="${opaque}"`)
  if (qop !== undefined) parts.push(`qop=auth, nc=${nc}, cnonce="${cnonce}"`)
  if (hashed) parts.push('userhash=true')
  return `Digest ${parts.join(', ')}`
}

function hashes(): Readonly<Record<string, Hash>> {
  // Pages that did not come over TLS have no WebCrypto.
  return { MD5: hashMd5, ...(crypto.subtle !== undefined && { 'SHA-256': sha256 }) }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const hashMd5: Hash = (text) => md5(bytesOf(text))
const sha256: Hash = async (text) => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))))
