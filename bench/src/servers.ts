/** A server that the bench can run. */
export interface Server {
  readonly name: ServerName
  readonly language: 'node' | 'python'
  /** In `src/servers/`. */
  readonly file: string
  /** Whether it checks its input; only the bare one does not. */
  readonly checks: boolean
}

export type ServerName = 'node-http' | 'trestle' | 'fastify' | 'hono' | 'express' | 'fastapi' | 'flask'

/** The server that all ratios are taken to. */
export const bare: ServerName = 'node-http'

/** All servers, in the order in which they take their turns. */
export const servers: readonly Server[] = [
  { name: 'node-http', language: 'node', file: 'node-http.ts', checks: false },
  { name: 'trestle', language: 'node', file: 'trestle.ts', checks: true },
  { name: 'fastify', language: 'node', file: 'fastify.ts', checks: true },
  { name: 'hono', language: 'node', file: 'hono.ts', checks: true },
  { name: 'express', language: 'node', file: 'express.ts', checks: true },
  { name: 'fastapi', language: 'python', file: 'fastapi_app.py', checks: true },
  { name: 'flask', language: 'python', file: 'flask_app.py', checks: true },
]
