import type { TestCase } from '../cases/parts.ts'
import { isSuccess } from '../checks/check.ts'
import { reported } from '../reported.ts'
import type { Run } from '../run.ts'

/** Asks for what the client has already. */
export async function probeEtag(run: Run, test: TestCase): Promise<void> {
  const first = await run.ask(test)
  const etag = first?.reply.headers.etag
  if (first === undefined || etag === undefined || !isSuccess(first)) return
  const seen = await run.ask(
    { ...test, what: 'If-None-Match with the ETag of the reply' },
    { headers: { 'if-none-match': etag }, isProbe: true },
  )
  if (seen === undefined || seen.reply.status === 0) return
  const { status, body } = seen.reply
  if (status === 304 && body === '') return
  // What is another thing each time is never what the client has.
  const again = await run.ask(test)
  if (again?.reply.headers.etag !== etag) return
  const message =
    status === 304
      ? 'sent a body with 304'
      : `answered ${status} to an If-None-Match with its own ETag; answer 304 without a body`
  if (status === 304 || isSuccess(seen)) reported(run, 'boundaries', { check: 'conditional', message }, [first, seen])
}
