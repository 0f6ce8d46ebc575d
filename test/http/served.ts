import type { ResponseCache } from '../../src/http/cache/response-cache.ts'
import { createEdge, type EdgeSettings } from '../../src/http/edge/edge.ts'
import { guarded } from '../../src/http/edge/guard.ts'
import { refusalsOf } from '../../src/http/errors/refusals.ts'
import { createRest } from '../../src/http/rest.ts'
import type { RestDefaults } from '../../src/http/rest-channel.ts'
import { FetchExchange } from '../../src/http/server/fetch-exchange.ts'
import { createHttpServer, type HttpServer, type ServerSettings } from '../../src/http/server/server.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import type { Logger, LogLine } from '../../src/kernel/logger.ts'
import type { ServiceTree } from '../../src/kernel/service-names.ts'
import type { UnknownPolicy } from '../../src/schema/input-model.ts'

/** One line that was logged. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** A logger that keeps its lines. */
export function keptLog(lines: LogEntry[], shared: Readonly<Record<string, unknown>> = {}): Logger {
  const writer =
    (level: LogEntry['level']): LogLine =>
    (first: object | string, second?: string) => {
      const [fields, message] = typeof first === 'string' ? [{}, first] : [first, second ?? '']
      lines.push({ level, message, fields: { ...shared, ...fields } })
    }
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (fields) => keptLog(lines, { ...shared, ...fields }),
  }
}

export interface ServedOptions extends RestDefaults {
  readonly unknown?: UnknownPolicy
  readonly development?: boolean
  readonly newCid?: () => string
  readonly onReply?: ServerSettings['onReply']
  readonly clock?: Clock
  readonly responseCache?: ResponseCache
  /** Puts an edge in front, as an app has one. */
  readonly edge?: EdgeSettings
}

/** Services behind a listening server. */
export interface Served extends AsyncDisposable {
  readonly port: number
  readonly server: HttpServer
  readonly log: readonly LogEntry[]
  /** The lines at level error. */
  readonly errors: () => readonly LogEntry[]
  /** Answers without the socket. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Stops, and waits for the work behind replies. */
  readonly settled: () => Promise<void>
}

/** Serves the services on a free port until the scope ends; nothing is waited for then. */
export async function serve(services: ServiceTree, options: ServedOptions = {}): Promise<Served> {
  const { unknown, development, newCid, onReply, clock, responseCache: cache, edge: outer, ...defaults } = options
  const log: LogEntry[] = []
  const kernel = createKernel({ services, unknown, newCid, clock, log: keptLog(log) })
  const edge = outer && createEdge(outer, development ?? false)
  const rest = createRest({ kernel, defaults, development, cache })
  const answer = edge === undefined ? rest : guarded(rest, edge, refusalsOf(defaults))
  const server = createHttpServer({
    answer,
    newCid: kernel.newCid,
    onReply,
    onFault: (error) => keptLog(log).error(String(error)),
    firmness: edge?.firmness,
    edge,
  })
  const { port } = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    port,
    server,
    log,
    errors: () => log.filter(({ level }) => level === 'error'),
    fetch: (request) => new Promise((resolve) => answer(new FetchExchange(request, kernel.newCid, resolve, edge))),
    settled: async () => {
      await server.stop({ deadline: 5000 })
      await kernel.close()
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop({ deadline: 0 })
      await kernel.close()
    },
  }
}
