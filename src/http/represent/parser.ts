import type { Awaitable } from '../../kernel/chain.ts'
import type { JsonSchema } from '../../schema/schema.ts'

/** What a parser knows of the body that it reads. */
export interface ParseContext {
  /** The JSON Schema of the service's input. */
  readonly schema: JsonSchema
  /** The charset of the Content-Type, in lower case; `utf-8` where it says none. */
  readonly charset: string
  /** The parameters of the Content-Type. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A way of your own to read bodies; made by {@link parser}. */
export interface Parser {
  /** What it is called in error texts. */
  readonly name: string
  /** The media types that it reads, in lower case and without parameters. */
  readonly types: readonly string[]
  /**
   * Reads a body into what the input model then checks. A problem that it throws is sent as it is; whatever else it
   * throws is `malformed_body`.
   */
  readonly parse: (bytes: Uint8Array, context: ParseContext) => Awaitable<unknown>
}

/**
 * Declares a parser of your own, to be named in `consumes`.
 *
 * ```ts
 * const pairs = parser({
 *   name: 'pairs',
 *   types: ['text/x-pairs'],
 *   parse: (bytes) => Object.fromEntries(new TextDecoder().decode(bytes).split(';').map((pair) => pair.split('='))),
 * })
 * const add = service({
 *   name: 'add',
 *   input: z.object({ color: z.string() }),
 *   output: z.object({ color: z.string() }),
 *   on: post('/colors', { consumes: [pairs] }),
 *   handle: ({ input }) => input,
 * })
 * await using app = createApp({ services: [add] })
 * const headers = { 'Content-Type': 'text/x-pairs' }
 * const reply = await app.fetch(new Request('http://localhost/colors', { method: 'POST', headers, body: 'color=red' }))
 * await reply.json() // => { color: 'red' }
 * ```
 */
export function parser(options: Parser): Parser {
  return options
}
