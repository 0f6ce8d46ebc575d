import type { TestCase } from '../cases/parts.ts'
import type { Seen } from '../checks/check.ts'
import { reported } from '../reported.ts'
import type { Run } from '../run.ts'

/** Asks the same of HEAD and of GET. */
export async function probeHead(run: Run, test: TestCase): Promise<void> {
  const get = await run.ask(test)
  const head = await run.ask({ ...test, what: 'HEAD in place of GET' }, { method: 'HEAD', isProbe: true })
  if (get === undefined || head === undefined || !isAnswer(get) || !isAnswer(head)) return
  const message = difference(get, head)
  if (message === undefined) return
  // What is not the same for two GETs need not be so for HEAD.
  const again = await run.ask(test)
  if (again === undefined || difference(get, again, true) !== undefined) return
  reported(run, 'boundaries', { check: 'head_matches_get', message }, [get, head])
}

/** Whether a reply says something of the request: one that never came does not, nor does one that there were too many. */
function isAnswer({ reply }: Seen): boolean {
  return reply.status !== 0 && reply.status !== 429
}

function difference(get: Seen, head: Seen, isGet: boolean = false): string | undefined {
  const [one, other] = [get.reply, head.reply]
  if (one.status !== other.status) return `answered ${other.status} to HEAD and ${one.status} to GET`
  if (!isGet && other.body !== '') return 'sent a body with the reply to HEAD'
  for (const name of ['content-type', 'etag', 'last-modified']) {
    if (one.headers[name] !== other.headers[name]) {
      return `sent ${name} ${other.headers[name] ?? 'nowhere'} to HEAD and ${one.headers[name] ?? 'nowhere'} to GET`
    }
  }
  return undefined
}
