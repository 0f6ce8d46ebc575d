/** What one room may import besides its own files. */
export type Room = {
  readonly rooms: readonly string[]
  /** npm packages, by name. */
  readonly packages: readonly string[]
  /** Modules of Node; a room without this list may use all of them. */
  readonly builtins?: readonly string[]
}

const core = ['schema', 'kernel']
const middle = [...core, 'http', 'security', 'openapi', 'data', 'observe', 'messaging', 'client']
const upper = [...middle, 'testing', 'platform']

/**
 * The rooms of src/ and what each may import: arrows point down this table, and rooms on one level do not know each
 * other. To give a room a package, add it here in the same commit that adds it to package.json, with the reason.
 */
export const rooms: Readonly<Record<string, Room>> = {
  schema: {
    rooms: [],
    packages: ['zod', 'ajv', 'ajv-formats', '@standard-schema/spec'],
    builtins: ['node:util', 'node:crypto', 'node:module'],
  },
  // Pure: a call can be tested, and run on any runtime, without sockets, files or processes.
  kernel: { rooms: ['schema'], packages: [], builtins: ['node:util', 'node:crypto'] },
  // Browser-safe: it ships in front ends.
  client: { rooms: [], packages: [], builtins: [] },

  http: { rooms: core, packages: ['mime', 'ws', 'yaml'] },
  security: { rooms: core, packages: ['jose', 'pg', 'redis', 'zod'] },
  openapi: { rooms: core, packages: ['yaml'] },
  data: { rooms: core, packages: ['kysely', 'pg'] },
  observe: { rooms: core, packages: ['pino', '@opentelemetry/api'] },
  messaging: { rooms: core, packages: ['croner'] },

  testing: {
    rooms: middle,
    packages: [
      '@cucumber/cucumber-expressions',
      '@cucumber/gherkin',
      '@cucumber/messages',
      '@cucumber/tag-expressions',
      '@xmldom/xmldom',
      'ajv',
      'ajv-formats',
      'csv-parse',
      'fast-check',
      'json-p3',
      'pg',
      'xpath',
      'yaml',
    ],
  },
  platform: { rooms: middle, packages: ['pino', 'yaml', 'zod'] },

  cli: { rooms: upper, packages: ['commander', 'yaml'] },
}

/** The files outside a room, one for each entry of the package: public names, from any room. */
export const entries: ReadonlySet<string> = new Set(['index.ts', 'client.ts', 'testing.ts'])
