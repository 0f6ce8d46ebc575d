/** Writes one line: fields and a message, or a message alone. */
export interface LogLine {
  (fields: object, message?: string): void
  (message: string): void
}

/** What a service logs to; pino's logger is one. */
export interface Logger {
  /** Writes what helps while developing; left out in production, unless the app says otherwise. */
  readonly debug: LogLine
  /** Writes what happened. */
  readonly info: LogLine
  /** Writes what somebody should look at some time. */
  readonly warn: LogLine
  /** Writes what somebody should look at now. */
  readonly error: LogLine
  /** A logger that adds the fields to each of its lines. */
  readonly child: (fields: Record<string, unknown>) => Logger
}

const nothing = (): void => {}

/**
 * Writes nothing.
 *
 * ```ts
 * silentLogger.info('nobody reads this') // => undefined
 * silentLogger.child({ cid: 'a1' }) === silentLogger // => true
 * ```
 */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
}
