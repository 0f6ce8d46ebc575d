import { decoded } from './decoded.ts'
import type { Transport } from './settings.ts'

/** What stands for a reply: a Response, data that is sent as JSON, or a status with data; a text stays a text. A list of a number like a status and something else is taken as a status. */
export type MockReply = Response | object | string | number | boolean | null | undefined

/** Answers one kind of request; `params` are the parts of the path that are in braces. */
export type MockHandler = (request: Request, params: Readonly<Record<string, string>>) => MockReply | Promise<MockReply>

/** A server that is none: it stands for `fetch`, and keeps the requests that it was sent. */
export type Mock = Transport & {
  /** The requests so far, whose bodies can be read. */
  readonly requests: readonly Request[]
}

/**
 * A transport for tests, without sockets: handlers by method and path, such as `GET /todos/{id}`, or one for all requests.
 * What no handler is for is an error.
 *
 * ```ts
 * const server = mock({ 'POST /todos': [201, { id: 1 }] })
 * const todos = client('https://todos.example', { fetch: server })
 *
 * const reply = await todos.post('/todos', { json: { title: 'Buy milk' } })
 * reply.status // => 201
 * await server.requests[0]?.json() // => { title: 'Buy milk' }
 * ```
 */
export function mock(routes: Readonly<Record<string, MockReply | MockHandler>> | MockHandler): Mock {
  const requests: Request[] = []
  const table = typeof routes === 'function' ? [] : Object.entries(routes).map(([name, reply]) => routeOf(name, reply))

  const answer = async (request: Request): Promise<Response> => {
    requests.push(request.clone() as Request)
    if (typeof routes === 'function') return responseOf(await routes(request, {}))
    const { pathname } = new URL(request.url)
    for (const { method, path, reply } of table) {
      const found = method === request.method ? path.exec(pathname) : null
      if (found === null) continue
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([name, value]) => [name.slice(1), decoded(value) ?? value]),
      )
      return responseOf(isHandler(reply) ? await reply(request, params) : reply)
    }
    const known = Object.keys(routes).join(', ') || 'nothing'
    throw new Error(`The mock has no route for ${request.method} ${pathname}, but for ${known}: add one`)
  }
  return Object.assign(answer, { requests })
}

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly reply: MockReply | MockHandler
}

function routeOf(name: string, reply: MockReply | MockHandler): Route {
  const [, method, path = ''] = /^([A-Z-]+) (\/\S*)$/.exec(name) ?? []
  if (method === undefined) {
    throw new TypeError(`The route '${name}' of the mock is no method and path: write it as 'GET /todos/{id}'`)
  }
  const pattern = path
    .split(/(\{\w+\*?\})/)
    .map((part, index) =>
      // A group may not begin with a digit, a name in braces may.
      index % 2 === 1
        ? `(?<_${part.replace(/\W/g, '')}>${part.includes('*') ? '.+' : '[^/]+'})`
        : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    )
    .join('')
  return { method, path: new RegExp(`^${pattern}$`), reply }
}

function isHandler(reply: MockReply | MockHandler): reply is MockHandler {
  return typeof reply === 'function'
}

function responseOf(reply: MockReply): Response {
  // One that is given for all requests can be read but once.
  if (reply instanceof Response) return reply.clone() as Response
  const [status, data] = isStatusAndData(reply) ? reply : [reply === undefined ? 204 : 200, reply]
  if (data === undefined || [204, 205, 304].includes(status)) return new Response(null, { status })
  return typeof data === 'string' ? new Response(data, { status }) : Response.json(data, { status })
}

function isStatusAndData(reply: MockReply): reply is readonly [number, unknown] {
  if (!Array.isArray(reply) || reply.length === 0 || reply.length > 2) return false
  const [status] = reply
  return Number.isInteger(status) && status >= 200 && status <= 599
}
