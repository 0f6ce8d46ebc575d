import { Expectation } from './expectation.ts'
import { type Exchanged, mismatches, mismatchMessage, ReplyMismatch } from './http/api-check.ts'
import { atTarget } from './http/at-target.ts'
import { jarOf } from './http/cookie-jar.ts'
import { digestIn } from './http/digest.ts'
import { exchange } from './http/exchange.ts'
import { type Outgoing, outgoing } from './http/outgoing.ts'
import type { Received } from './http/received.ts'
import { redirected, redirectOf } from './http/redirect.ts'
import { type Timeout, timeout } from './http/timeout.ts'
import { type Answer, type Reply, replyOf, shownBody } from './reply.ts'
import { type Pair, responseFormat } from './request-draft.ts'
import { isTelling } from './secrets.ts'
import type { World } from './world.ts'

const mostRedirects = 20

/**
 * Sends the request that a world has prepared, and tells of the whole reply as soon as it is there.
 *
 * @throws Expectation when no whole reply comes; when one has come, but is not what the API description has
 */
export async function sendDraft(world: World, answered: (reply: Reply) => void): Promise<void> {
  const { request: draft, target } = world
  const request = await outgoing(draft, target.address)
  const exchanged: Exchanged[] = []
  const answer = await followed(request, world, exchanged)
  const reply = replyOf(answer, responseFormat(draft))
  hideSecrets(world, reply)
  answered(reply)
  const faults = draft.checksApi ? mismatches(world, exchanged) : []
  if (faults.length > 0) throw new ReplyMismatch(mismatchMessage(faults))
}

/** Sends a request that is no step's draft, such as one for a token; it leaves no reply for checks. */
export async function sendAside(world: World, request: Outgoing): Promise<Reply> {
  const reply = replyOf(await followed(request, world, []), 'json')
  hideSecrets(world, reply)
  return reply
}

const mostToSearch = 100_000
const shortestSecret = 8

/** Tokens and cookies that no page may see are secret wherever they come again; shorter ones are as likely words. */
function hideSecrets({ hide }: World, { headers, text }: Reply): void {
  for (const line of headers.getSetCookie()) {
    const [, value = ''] = /^[^=;]+=([^;]*).*;\s*httponly/i.exec(line) ?? []
    if (value.length >= shortestSecret) hide(value)
  }
  for (const [, name = '', value = ''] of text.slice(0, mostToSearch).matchAll(/"([\w-]{1,80})"\s*:\s*"([^"\\]+)"/g)) {
    if (isTelling(name) && value.length >= shortestSecret) hide(value)
  }
}

async function followed(prepared: Outgoing, world: World, exchanged: Exchanged[]): Promise<Answer> {
  const { clock, request: draft, target } = world
  const first = { ...prepared, url: atTarget(prepared.url, target) }
  using limit = timeout(draft.timeout, world.signal)
  const began = clock.elapsed()
  const redirects: URL[] = []
  let request = first
  while (true) {
    const received = await proven(request, first.url, world, limit)
    const { method, url } = request
    exchanged.push({ ...received, method, url })
    const location = draft.followsRedirects ? redirectOf({ ...received, url }) : undefined
    if (location === undefined) return { ...received, method, url, redirects, milliseconds: clock.elapsed() - began }
    const next = atTarget(location, target)
    redirects.push(url)
    if (redirects.length > mostRedirects) {
      throw new Expectation(
        `${first.method} ${first.url.href} was redirected more than ${mostRedirects} times, at last to ${next.href}`,
      )
    }
    request = redirected(request, received.status, next, { headers: draft.secretHeaders })
  }
}

/** One request and its reply, proven by Digest where a step has said so and no header proves it already. */
async function proven(request: Outgoing, first: URL, world: World, limit: Timeout): Promise<Received> {
  const digest = digestIn(world)
  const hasProof = request.headers.some(([name]) => name.toLowerCase() === 'authorization')
  if (digest === undefined || hasProof || request.url.origin !== first.origin)
    return single(request, first, world, limit)
  return digest(request, limit.signal, (each) => single(each, first, world, limit))
}

/** One request and its reply, with the cookies of the feature; the report shows both. */
async function single(request: Outgoing, first: URL, world: World, limit: Timeout): Promise<Received> {
  const { clock, target } = world
  const sent = withCookies(request, first, world)
  const { method, url, body } = sent
  const requestBody = body && shownBody({ headers: typeHeaders(sent), bytes: body })
  const noted = { method, url: url.href, requestHeaders: sent.headers, requestBody }
  const began = clock.elapsed()
  try {
    const received = await exchange(sent, target, limit.signal)
    const milliseconds = clock.elapsed() - began
    const { status, headers } = received
    jarOf(world).take(headers, url, clock.now())
    const cid = headers.get('x-correlation-id') ?? undefined
    world.sent({ ...noted, status, headers: [...headers], body: shownBody(received), milliseconds, cid })
    return received
  } catch (error) {
    const milliseconds = clock.elapsed() - began
    world.sent({ ...noted, status: undefined, headers: [], body: '', milliseconds, cid: undefined })
    if (error !== limit.reason) throw error
    throw new Expectation(`${method} ${url.href} was not answered within ${limit.text}`)
  }
}

function typeHeaders({ headers }: Outgoing): Headers {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return new Headers(type === undefined ? {} : { 'Content-Type': type })
}

/** Cookies that steps have given go where the request was sent to at first, and nowhere else. */
function withCookies(request: Outgoing, first: URL, world: World): Outgoing {
  const { url, headers } = request
  if (headers.some(([name]) => name.toLowerCase() === 'cookie')) return request
  const given = url.origin === first.origin ? world.request.cookies : []
  const names = new Set(given.map(([name]) => name))
  const kept = jarOf(world)
    .cookiesFor(url, world.clock.now())
    .filter(({ name }) => !names.has(name))
  const all = [...given, ...kept.map(({ name, value }): Pair => [name, value])]
  if (all.length === 0) return request
  return { ...request, headers: [...headers, ['Cookie', all.map(([name, value]) => `${name}=${value}`).join('; ')]] }
}
