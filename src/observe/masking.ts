import type { Logger, LogLine } from '../kernel/logger.ts'
import { silentLogger } from '../kernel/logger.ts'
import type { Secrets } from '../kernel/secrets.ts'

const levels: ReadonlySet<PropertyKey> = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])

/**
 * A logger that the app was given, with secrets masked in all that it is told; whatever else it has and does stays as it is.
 * What is not written since its level is off is not looked at, where the logger says that (`isLevelEnabled`, as pino does).
 */
export function maskedLogger(logger: Logger, secrets: Secrets): Logger {
  if (logger === silentLogger) return logger
  const made = new Map<PropertyKey, { readonly of: unknown; readonly member: unknown }>()
  const remade = (name: PropertyKey, of: (...args: never[]) => unknown): unknown => {
    const known = made.get(name)
    if (known?.of === of) return known.member
    const member = levels.has(name)
      ? masking(logger, name, of as LogLine, secrets)
      : name === 'child'
        ? (fields: Record<string, unknown>, ...rest: never[]) =>
            maskedLogger(Reflect.apply(of, logger, [secrets.maskValue(fields, true), ...rest]) as Logger, secrets)
        : of.bind(logger)
    made.set(name, { of, member })
    return member
  }
  return new Proxy(logger, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? remade(name, value as () => unknown) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  })
}

function masking(logger: Logger, level: PropertyKey, line: LogLine, secrets: Secrets): LogLine {
  return (...args: unknown[]) => {
    if ('isLevelEnabled' in logger && typeof logger.isLevelEnabled === 'function' && !logger.isLevelEnabled(level))
      return
    Reflect.apply(
      line,
      logger,
      args.map((each) => secrets.maskValue(each, true)),
    )
  }
}
