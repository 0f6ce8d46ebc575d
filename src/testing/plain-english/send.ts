import { Expectation } from './expectation.ts'
import type { Reply } from './reply.ts'
import type { RequestDraft } from './request-draft.ts'
import type { World } from './world.ts'

/** Sends the request that a world has prepared, and waits for the whole reply. */
export async function sendDraft(world: World): Promise<Reply> {
  const { target, request: draft, clock } = world
  const url = new URL(`${draft.address ?? target.address}${draft.path}${draft.query}`)
  const body = bodyOf(draft)
  const request = new Request(target.isMeant(url) ? new URL(url.pathname + url.search, target.address) : url, {
    method: draft.method,
    headers: draft.headers.map(([name, value]): [string, string] => [name, value]),
    redirect: 'manual',
    signal: world.signal,
    ...(body !== undefined && { body }),
  })
  const began = clock.elapsed()
  const response = await (target.isMeant(url) ? target.send(request) : fetch(request))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = new TextDecoder().decode(bytes)
  const milliseconds = clock.elapsed() - began
  world.sent({
    method: draft.method,
    url: url.href,
    requestHeaders: [...request.headers],
    requestBody: typeof body === 'string' ? body : undefined,
    status: response.status,
    headers: [...response.headers],
    body: text,
    milliseconds,
    cid: response.headers.get('x-correlation-id') ?? undefined,
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    text,
    get data() {
      try {
        return JSON.parse(text) as unknown
      } catch (error) {
        throw new Expectation(`The body of the response is no JSON (${String(error)})`)
      }
    },
    url,
    milliseconds,
  }
}

function bodyOf({ body }: RequestDraft): string | undefined {
  if (body === undefined) return undefined
  return body.kind === 'text' ? body.text : JSON.stringify(body.value)
}
