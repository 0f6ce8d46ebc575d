import type { JsonSchema } from '../../schema/schema.ts'

/** What a renderer knows of the value that it renders. */
export interface RenderContext {
  /** The JSON Schema of the service's output; undefined where no model declares one. */
  readonly schema: JsonSchema | undefined
  /** The charset that texts are sent in. */
  readonly charset: 'utf-8'
  /** The parameters of the media range in Accept that asked for it. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A way of your own to send what services return; made by {@link renderer}. */
export interface Renderer {
  /** What `formatParameter` and `formatSuffix` call it. */
  readonly name: string
  /** The media types that it makes, in lower case; the first counts where a client does not care. */
  readonly types: readonly string[]
  /** Whether what it writes has the structure of the output, so that the model describes it; not if it is not given. */
  readonly structured?: boolean
  /** Renders an output: what the model has let through, with dates and the like still as they are. */
  readonly render: (value: unknown, context: RenderContext) => string | Uint8Array
}

/**
 * Declares a renderer of your own, to be named in `produces`.
 *
 * ```ts
 * const shout = renderer({ name: 'shout', types: ['text/x-shout'], render: (value) => JSON.stringify(value).toUpperCase() })
 * const hello = service({
 *   name: 'hello',
 *   output: z.object({ hello: z.string() }),
 *   on: get('/hello', { produces: ['json', shout] }),
 *   handle: () => ({ hello: 'world' }),
 * })
 * await using app = createApp({ services: [hello] })
 * const reply = await app.fetch(new Request('http://localhost/hello', { headers: { Accept: 'text/x-shout' } }))
 * await reply.text() // => '{"HELLO":"WORLD"}'
 * ```
 */
export function renderer(options: Renderer): Renderer {
  return options
}
