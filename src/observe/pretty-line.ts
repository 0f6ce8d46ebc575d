import { styleText } from 'node:util'

const colours = { debug: 'dim', info: 'green', warn: 'yellow', error: 'red', fatal: 'red' } as const

/** A JSON log line as people read it: time, level, message, then the other fields; a stack on lines of its own. */
export function prettyLine(line: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>
  const clock = typeof time === 'string' ? time.slice(11, 23) : ''
  const name = String(level)
  const colour = colours[name as keyof typeof colours] ?? 'dim'
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const head = [styleText('dim', clock), styleText(colour, name.padEnd(5)), msg ?? '', styleText('dim', rest.join(' '))]
  return `${head.join(' ').trimEnd()}\n${stackOf(err)}`
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return ''
  return `${String(error.stack).replaceAll(/^/gm, '      ')}\n`
}
