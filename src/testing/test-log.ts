import type { Logger } from '../kernel/logger.ts'

/** A line of the log, as data. */
export interface LogRecord {
  /** How much it matters. */
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** The text; `''` where only fields were given. */
  readonly message: string
  /** What goes with the text, such as `cid` and `service`. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Which lines of a log are meant: those that fit all that is given. */
export interface LogMatch {
  /** Lines of that level. */
  readonly level?: LogRecord['level']
  /** Lines with that text in their message, or a message that the pattern fits. */
  readonly message?: string | RegExp
  /** Lines with the cid of a call. */
  readonly cid?: string
  /** Lines of a service, by its name. */
  readonly service?: string
}

/** The lines that an app has logged, in their order. */
export interface TestLogs {
  /** All of them by now. */
  readonly all: readonly LogRecord[]
  /** Those that fit. */
  readonly where: (match: LogMatch) => readonly LogRecord[]
  /** Forgets them. */
  readonly clear: () => void
}

/** A logger that keeps its lines, and the lines. */
export function recordingLog(): { readonly log: Logger; readonly logs: TestLogs } {
  const all: LogRecord[] = []
  const logger = (shared: Readonly<Record<string, unknown>>): Logger => {
    const line =
      (level: LogRecord['level']) =>
      (first: object | string, second = ''): void => {
        const [fields, message] = typeof first === 'string' ? [{}, first] : [first, second]
        all.push({ level, message, fields: { ...shared, ...fields } })
      }
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      child: (fields) => logger({ ...shared, ...fields }),
    }
  }
  const clear = (): void => void all.splice(0)
  return { log: logger({}), logs: { all, where: (match) => all.filter((each) => fits(each, match)), clear } }
}

function fits({ level, message, fields }: LogRecord, match: LogMatch): boolean {
  if (match.level !== undefined && match.level !== level) return false
  if (match.cid !== undefined && match.cid !== fields.cid) return false
  if (match.service !== undefined && match.service !== fields.service) return false
  if (match.message === undefined) return true
  return typeof match.message === 'string' ? message.includes(match.message) : message.search(match.message) !== -1
}
