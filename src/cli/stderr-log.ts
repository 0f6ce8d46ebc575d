import type { Logger, LogLine } from '../kernel/logger.ts'
import { prettyLine } from '../observe/pretty-line.ts'

/** Logs to standard error, in lines for people, so that standard output is left to the result of a command. */
export const stderrLog: Logger = logWith({})

function logWith(shared: object): Logger {
  const line =
    (level: string): LogLine =>
    (...[fields, message]: [object | string, string?]) => {
      const all = typeof fields === 'string' ? { msg: fields } : { ...fields, msg: message }
      process.stderr.write(prettyLine(JSON.stringify({ level, time: new Date(), ...shared, ...all }, errorsInFull)))
    }
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => logWith({ ...shared, ...fields }),
  }
}

function errorsInFull(_key: string, value: unknown): unknown {
  return value instanceof Error ? { message: value.message, stack: value.stack } : value
}
