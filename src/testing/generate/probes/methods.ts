import type { TestCase } from '../cases/parts.ts'
import type { Seen } from '../checks/check.ts'
import { reported } from '../reported.ts'
import type { Run } from '../run.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']
const missing = new Set([404, 405, 501])

/** Calls a path with the methods that it does not have, and compares the answers with what `Allow` says. */
export async function probeMethods(run: Run, test: TestCase): Promise<void> {
  const { operation } = test
  const own = methodsOf(run, operation.path)
  // HEAD and OPTIONS are answered without a word; and OpenAPI has a word for QUERY only since 3.2.
  const silent = new Set(['HEAD', 'OPTIONS', ...(/^3\.[01]/.test(run.api.openapi) ? ['QUERY'] : [])])
  const others = methods.filter((method) => !own.has(method) && !silent.has(method))
  const parts = { ...test.parts, body: undefined, query: {}, header: {} }
  const answered = new Map<string, Seen>()
  for (const method of others) {
    const seen = await run.ask(
      { operation, parts, what: `the method ${method}, which the path does not have` },
      { method, isProbe: true },
    )
    if (seen !== undefined) answered.set(method, seen)
  }
  for (const [method, seen] of answered) {
    const { status } = seen.reply
    if (status === 0 || status === 404 || status === 405 || status === 501) continue
    const knows = isOfAnother(run, seen) || status === 401 || status === 403
    if (knows || (status >= 300 && status < 500)) continue
    const message = `answered ${status} to ${method}, which the description does not have; answer 405, or describe the method`
    reported(run, 'boundaries', { check: 'method_not_allowed', message }, [seen])
  }
  const refused = [...answered.values()].find(({ reply }) => reply.status === 405)
  if (refused !== undefined) await compared(run, refused, own, answered)
}

/** `Allow` names every method that is answered, and none that is not. */
async function compared(
  run: Run,
  refused: Seen,
  own: ReadonlySet<string>,
  answered: ReadonlyMap<string, Seen>,
): Promise<void> {
  const report = (message: string, last: Seen = refused): void =>
    reported(run, 'boundaries', { check: 'allow_true', message }, last === refused ? [refused] : [refused, last])
  const header = refused.reply.headers.allow
  if (header === undefined) return report('answered 405 without Allow; name the methods that the path has')
  const allowed = new Set(header.split(',').map((method) => method.trim().toUpperCase()))
  const absent = [...own].filter((method) => !allowed.has(method))
  // A path that fits another template as well is answered by the nearer one.
  if (absent.length > 0 && !isOfAnother(run, refused))
    return report(`Allow is "${header}", but the description has ${absent.join(', ')} as well`)
  for (const method of allowed) {
    if (own.has(method) || method === 'OPTIONS') continue
    const seen = answered.get(method) ?? (await askedFor(run, refused, method))
    if (seen !== undefined && missing.has(seen.reply.status) && seen.reply.status !== 404) {
      return report(`Allow is "${header}", but ${method} is answered with ${seen.reply.status}`, seen)
    }
  }
}

async function askedFor(run: Run, { test }: Seen, method: string): Promise<Seen | undefined> {
  if (!methods.includes(method)) return undefined
  return await run.ask({ ...test, what: `the method ${method}, which Allow names` }, { method, isProbe: true })
}

function methodsOf({ api }: Run, path: string): ReadonlySet<string> {
  return new Set(api.operations.filter((each) => each.path === path).map(({ method }) => method))
}

/** Whether the path that was sent is also one of another operation, such as `/things/{id}` of `/things/new`. */
function isOfAnother({ api }: Run, { operation, request }: Seen): boolean {
  const sent = request.target.split('?')[0] ?? ''
  return api.operations.some(({ path }) => {
    if (path === operation.path) return false
    const pattern = path.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${pattern.join('[^/]+')}$`).test(sent)
  })
}

/** A path that no operation has is not there. */
export async function probeUnknownPath(run: Run): Promise<void> {
  const operation = run.operations[0]
  if (operation === undefined) return
  const test: TestCase = {
    operation: {
      ...operation,
      method: 'GET',
      path: '/trestle-generated/no-such-path',
      parameters: [],
      body: undefined,
    },
    parts: { path: {}, query: {}, header: {}, cookie: {}, body: undefined },
    what: 'a path that is not there',
  }
  const seen = await run.ask(test, { isProbe: true })
  if (seen === undefined || run.api.operations.some(({ path }) => path.startsWith('/{') || path === '/*')) return
  const { status } = seen.reply
  if (status < 200 || status >= 300) return
  const message = `answered ${status}, but the description has no such path; answer 404`
  reported(run, 'boundaries', { check: 'method_not_allowed', message }, [seen])
}
