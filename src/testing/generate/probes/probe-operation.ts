import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import type { Parts, TestCase } from '../cases/parts.ts'
import { tested } from '../reported.ts'
import type { Run } from '../run.ts'
import { probeCredentials } from './credentials.ts'
import { probeEtag } from './etag.ts'
import { probeHead } from './head.ts'
import { probeMethods } from './methods.ts'

/** Asks of an operation what does not depend on its values. */
export async function probeOperation(
  run: Run,
  operation: ReadOperation,
  parts: Parts,
  { isNewPath }: { readonly isNewPath: boolean },
): Promise<void> {
  const test: TestCase = { operation, parts, what: 'what has to be given' }
  await probeCredentials(run, test)
  if (isNewPath) await probeMethods(run, test)
  const accept = { ...parts, header: { ...parts.header, accept: 'application/x-trestle-unknown' } }
  await tested(run, 'boundaries', { operation, parts: accept, what: 'a representation that nobody has' })
  if (operation.method !== 'GET') return
  await probeHead(run, test)
  await probeEtag(run, test)
}
