import type { Logger, LogLine } from '../../kernel/logger.ts'
import { ownFrames } from '../../testing/plain-english/own-frames.ts'

/** A logger that shows nothing, and remembers what an app said about single calls that somebody should look at. */
export interface KeptLog {
  readonly log: Logger
  /** The warnings and errors of a call. */
  readonly of: (cid: string) => readonly string[]
}

/** So many calls are remembered; a failure is looked into at once. */
const most = 1_000

/** Makes one. */
export function keptLog(): KeptLog {
  const byCall = new Map<string, string[]>()
  const keep = (cid: string, line: string): void => {
    const lines = byCall.get(cid) ?? []
    lines.push(line)
    byCall.set(cid, lines)
    const [oldest] = byCall.size > most ? byCall.keys() : []
    if (oldest !== undefined) byCall.delete(oldest)
  }
  const nothing: LogLine = () => undefined
  const logger = (shared: Readonly<Record<string, unknown>>): Logger => {
    const line =
      (level: string): LogLine =>
      (...[fields, message]: [object | string, string?]) => {
        const own: Readonly<Record<string, unknown>> = typeof fields === 'string' ? {} : { ...fields }
        const { cid, err } = { ...shared, ...own } as { readonly cid?: unknown; readonly err?: unknown }
        if (typeof cid !== 'string') return
        const said = typeof fields === 'string' ? fields : (message ?? '')
        keep(cid, `The app logged, as ${level}: ${said}${detail(err)}`)
      }
    return {
      debug: nothing,
      info: nothing,
      warn: line('a warning'),
      error: line('an error'),
      child: (fields) => logger({ ...shared, ...fields }),
    }
  }
  return { log: logger({}), of: (cid) => byCall.get(cid) ?? [] }
}

function detail(error: unknown): string {
  if (error === undefined) return ''
  if (!(error instanceof Error)) return `\n${String(error)}`
  const frames = ownFrames(error.stack ?? '').map((frame) => `\n    ${frame}`)
  return `\n${error.name}: ${error.message}${frames.join('')}`
}
