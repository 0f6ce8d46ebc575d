/** Writes one line: fields and a message, or a message alone. */
export interface LogLine {
  (fields: object, message?: string): void
  (message: string): void
}

/** What a service logs to; pino's logger is one. */
export interface Logger {
  readonly debug: LogLine
  readonly info: LogLine
  readonly warn: LogLine
  readonly error: LogLine
  /** A logger that adds the fields to each of its lines. */
  readonly child: (fields: Record<string, unknown>) => Logger
}

const nothing = (): void => {}

/** Writes nothing. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
}
