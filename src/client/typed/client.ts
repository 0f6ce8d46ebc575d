import { type Client, client as makeClient } from '../client.ts'
import type { ClientSettings } from '../settings.ts'
import type { TypesOf } from './server.ts'
import type { ClientOf } from './typed-client.ts'

/** The settings of a client that is typed by an app: where the app wraps its replies, the client has to unwrap them. */
type SettingsFor<Api> = TypesOf<Api>['envelope'] extends 'meta'
  ? [settings: ClientSettings & { readonly envelope: 'meta' }]
  : [settings?: ClientSettings]

/** Makes clients: of any HTTP server, or of an app whose type is given. */
export interface MakeClient {
  (baseUrl?: string | URL, settings?: ClientSettings): Client
  <Api extends object>(baseUrl: string | URL, ...settings: SettingsFor<Api>): ClientOf<Api>
}

/**
 * A client for HTTP servers. A reply is given whatever its status is; asked for the data, its promise raises an `HttpError`
 * for statuses of 400 and above.
 *
 * ```ts
 * import { client, mock } from 'trestle/client'
 *
 * const server = mock({ 'GET /todos/{id}': (_, { id }) => ({ id: Number(id), title: 'Buy milk' }) })
 * const todos = client('https://todos.example', { fetch: server })
 *
 * await todos.get('/todos/{id}', { params: { id: 1 } }).json() // => { id: 1, title: 'Buy milk' }
 * ```
 *
 * With the type of an app, or of the modules of its services, it knows the paths of that app, what each takes, and what it
 * answers; nothing is generated, and nothing of the server is loaded:
 *
 * ```ts
 * import { createApp, get, service } from 'trestle'
 * import { client } from 'trestle/client'
 * import { z } from 'zod'
 *
 * const double = service({
 *   input: z.object({ count: z.int() }),
 *   output: z.object({ twice: z.int() }),
 *   on: get('/double/{count}'),
 *   handle: ({ input }) => ({ twice: input.count * 2 }),
 * })
 * await using app = createApp({ services: { double } })
 *
 * const api = client<typeof app>('http://localhost', { fetch: (request) => app.fetch(request) })
 * const { twice } = await api.get('/double/{count}', { params: { count: 21 } }).json()
 * twice // => 42
 * ```
 *
 * What is not in the types: a `prefix`, `envelope` or `versions` that is no literal, `envelope` of bases, groups and
 * channels, and which files a form takes.
 *
 * @throws TypeError for a base URL that is no address of http or https
 */
export const client: MakeClient = makeClient as MakeClient
