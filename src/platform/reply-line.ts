import { styleText } from 'node:util'
import type { FinishedReply } from './run-options.ts'

/** Writes a finished reply to standard output as a line for people: when, what was asked, the status, and how long it took. */
export function writeReplyLine(reply: FinishedReply): void {
  process.stdout.write(replyLine(reply, new Date()))
}

/** A finished reply as a line for people; the cid is there to find in the log why a call failed. */
export function replyLine({ method, path, status, cid, milliseconds }: FinishedReply, now: Date): string {
  const clock = styleText('dim', now.toISOString().slice(11, 23))
  const failed = status >= 500 ? styleText('dim', ` cid=${cid}`) : ''
  const time = styleText('dim', `${milliseconds.toFixed(1)} ms`)
  return `${clock} ${styleText(colourOf(status), String(status))}   ${method} ${path} ${time}${failed}\n`
}

function colourOf(status: number): 'green' | 'cyan' | 'yellow' | 'red' {
  if (status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}
