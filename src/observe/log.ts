import pino from 'pino'
import type { Logger } from '../kernel/logger.ts'
import { silentLogger } from '../kernel/logger.ts'
import { prettyLine } from './pretty-line.ts'

/** How much is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  /** `json` for machines, a line each; `pretty` for people at a terminal. */
  readonly format: 'json' | 'pretty'
}

/** Makes a logger that writes to standard output. */
export function createLog({ level, format }: LogOptions): Logger {
  if (level === 'silent') return silentLogger
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } }
  if (format === 'json') return pino(options)
  return pino(options, { write: (line: string) => void process.stdout.write(prettyLine(line)) })
}

function levelName(level: string): { level: string } {
  return { level }
}
