import pino, { type LoggerOptions, type Logger as PinoLogger } from 'pino'
import type { Logger } from '../kernel/logger.ts'
import { silentLogger } from '../kernel/logger.ts'
import type { Secrets } from '../kernel/secrets.ts'
import { prettyLine } from './pretty-line.ts'

/** How much is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  /** `json` for machines, a line each; `pretty` for people at a terminal. */
  readonly format: 'json' | 'pretty'
  /** What no line may show. */
  readonly secrets?: Secrets
}

/** Makes a logger that writes to standard output. */
export function createLog({ level, format, secrets }: LogOptions): Logger {
  if (level === 'silent') return silentLogger
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, ...shaped(secrets) }
  const log =
    format === 'json'
      ? pino(options)
      : pino(options, { write: (line: string) => void process.stdout.write(prettyLine(line)) })
  return secrets === undefined ? log : withMaskedChildren(log, secrets)
}

/** Members are masked by their names before a line is made, texts when it is there. */
function shaped(secrets: Secrets | undefined): Pick<LoggerOptions, 'formatters' | 'hooks'> {
  if (secrets === undefined) return { formatters: { level: levelName } }
  const log = (fields: object): Record<string, unknown> => secrets.maskValue(fields) as Record<string, unknown>
  return { formatters: { level: levelName, log }, hooks: { streamWrite: secrets.maskLine } }
}

/** The fields of children do not pass the formatter; theirs inherit this. */
function withMaskedChildren(log: PinoLogger, secrets: Secrets): PinoLogger {
  const { child } = log
  const value = function (this: PinoLogger, fields: object, ...rest: never[]): unknown {
    return Reflect.apply(child, this, [secrets.maskValue(fields), ...rest])
  }
  return Object.defineProperty(log, 'child', { value, writable: true, configurable: true })
}

function levelName(level: string): { level: string } {
  return { level }
}
