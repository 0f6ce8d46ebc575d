import type { TestCase } from '../cases/parts.ts'
import { isGuarded } from '../credentials.ts'
import { reported } from '../reported.ts'
import type { Run } from '../run.ts'

/** Calls an operation that asks for credentials without any, and with wrong ones. */
export async function probeCredentials(run: Run, test: TestCase): Promise<void> {
  if (!isGuarded(test.operation)) return
  for (const caller of ['anonymous', 'wrong'] as const) {
    const how = caller === 'anonymous' ? 'without credentials' : 'with wrong credentials'
    const seen = await run.ask({ ...test, what: `a request ${how}` }, { caller, isProbe: true })
    if (seen === undefined || seen.reply.status === 0 || seen.reply.status >= 400) continue
    const message = `answered ${seen.reply.status} ${how}, but the description asks for ${asked(test)}; check them before anything else and answer 401`
    reported(run, 'boundaries', { check: 'authentication_enforced', message }, [seen])
  }
}

function asked({ operation }: TestCase): string {
  return operation.security.map((each) => Object.keys(each).join(' with ')).join(' or ')
}
