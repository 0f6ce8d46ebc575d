import type { ReadApi, ReadOperation } from '../../openapi/read/read-api.ts'
import { replyCheck } from '../openapi/reply-check.ts'
import { createAsk } from './ask.ts'
import { createFit } from './cases/fit.ts'
import { createJudge } from './cases/judge.ts'
import { operationName } from './cases/parts.ts'
import { createKnownThings } from './chains/known-things.ts'
import type { CheckName } from './check-name.ts'
import { checkTable } from './checks/check-table.ts'
import { documentedFindings } from './checks/documented.ts'
import { createCoverage } from './coverage.ts'
import { createCredentials, isGuarded } from './credentials.ts'
import { createExchange } from './exchange.ts'
import { createFaultBook } from './fault-book.ts'
import type { Phase } from './phase.ts'
import { runBoundaries } from './phases/boundaries.ts'
import { runChains } from './phases/chains.ts'
import { runExamples } from './phases/examples.ts'
import { runProperties } from './phases/properties.ts'
import { probeUnknownPath } from './probes/methods.ts'
import type { GenerateResult } from './result.ts'
import type { Run } from './run.ts'
import type { GenerateSettings, Send } from './settings.ts'
import { createSamples } from './values/samples.ts'
import { matches } from './wildcard.ts'

/** The phases of a run, in their order: chains first, since what they create is of use to the others. */
const order: readonly Phase[] = ['chains', 'examples', 'boundaries', 'properties']

const work: Readonly<Record<Phase, (run: Run) => Promise<void>>> = {
  chains: runChains,
  examples: runExamples,
  boundaries: async (run) => {
    await probeUnknownPath(run)
    await runBoundaries(run)
  },
  properties: runProperties,
}

/**
 * Tests an API by its description: makes requests that it has to take and others that it has to refuse, and looks at
 * what comes back. What it finds is data; nothing is thrown for a fault.
 *
 * @throws RangeError when the settings fit no operation
 */
export async function generateTests(options: {
  readonly api: ReadApi
  readonly send: Send
  readonly settings?: GenerateSettings
}): Promise<GenerateResult> {
  const { api, send, settings = {} } = options
  const { seed = randomSeed(), examples = 30, timeout = 15_000, own = false, now = () => performance.now() } = settings
  const { onProgress = () => undefined, signal, replay } = settings
  const address = (settings.address ?? addressOf(api)).replace(/\/+$/, '')
  const operations = chosen(api, replay === undefined ? settings.only : [replay.operation])
  const began = now()
  const timeLeft = (): number | undefined =>
    settings.maxTime === undefined ? undefined : settings.maxTime - (now() - began)
  const isLate = (): boolean => (timeLeft() ?? 1) <= 0
  const isOver = (): boolean => isLate() || signal?.aborted === true

  const fit = createFit(api.schemas)
  const coverage = createCoverage(operations, api)
  const faults = createFaultBook(seed, settings, (fault) => onProgress({ type: 'fault', fault }))
  const enabled = checksOf(settings)
  const check = replyCheck(api, { ownDocument: own })
  const credentials = createCredentials(api, settings.credentials ?? {})
  const exchange = createExchange({ send, address, timeout, signal, now })
  const notes = new Set<string>()
  const known = createKnownThings()
  const { ask, sent } = createAsk({
    exchange,
    credentials,
    judge: createJudge(fit, api.schemas),
    headers: settings.headers ?? {},
    schemas: api.schemas,
    record: (seen) => {
      coverage.record(seen)
      known.forget(seen)
    },
    note: (sentence) => notes.add(sentence),
  })
  const run: Run = {
    api,
    operations,
    seed,
    examples,
    replayPath: replay?.path,
    samples: createSamples(api.schemas, fit, seed),
    faults,
    known,
    ask,
    isOver,
    timeLeft,
    note: (sentence) => notes.add(sentence),
    isChecked: (name) => enabled.has(name),
    examine: (seen) => {
      const context = { api, own }
      const single = checkTable.flatMap(({ name, find }) => {
        const found = enabled.has(name) ? find?.(seen, context) : undefined
        if (found === undefined) return []
        return [{ check: name, ...(typeof found === 'string' ? { message: found } : found) }]
      })
      // That a failure is not documented either is no news.
      const hasFailed = single.some((each) => each.check === 'server_error')
      const documented = seen.isProbe || hasFailed ? [] : documentedFindings(check, seen)
      return [...single, ...documented.filter((each) => enabled.has(each.check))]
    },
    done: (phase, operation, done, of) =>
      onProgress({ type: 'operation', phase, operation: operationName(operation), done, of, requests: sent() }),
  }

  for (const operation of api.operations) {
    if (!isSendable(operation)) notes.add(`${operationName(operation)}: no client here may send this method`)
  }
  for (const operation of operations) {
    if (isGuarded(operation) && credentials(operation, 'known') === undefined) {
      notes.add(
        `${operationName(operation)}: asks for ${schemesOf(operation)}, for which no value was given; only its refusals are tested`,
      )
    }
  }
  onProgress({ type: 'started', seed, operations: operations.length })
  const wanted = replay === undefined ? (settings.phases ?? order) : ['properties']
  const phases: { phase: Phase; requests: number; milliseconds: number }[] = []
  for (const phase of order.filter((each) => wanted.includes(each))) {
    if (isOver()) break
    onProgress({ type: 'phase', phase })
    const [before, start] = [sent(), now()]
    try {
      await work[phase](run)
    } catch (error) {
      if (signal?.aborted !== true) throw error
    }
    phases.push({ phase, requests: sent() - before, milliseconds: Math.round(now() - start) })
  }
  const stopped = signal?.aborted === true ? 'abort' : isLate() ? 'time' : undefined
  const reached = coverage.coverage()
  const { failUnder } = settings
  return {
    ok: faults.list().every((each) => each.allowed) && stopped !== 'abort' && reached.percent >= (failUnder ?? 0),
    seed,
    title: api.title,
    version: api.version,
    address,
    faults: faults.list(),
    coverage: reached,
    failUnder,
    operations: operations.length,
    requests: sent(),
    milliseconds: Math.round(now() - began),
    phases,
    notes: [...notes],
    stopped,
  }
}

const ranks: Readonly<Record<string, number>> = { POST: 0, GET: 1, PUT: 2, PATCH: 3, DELETE: 5 }

/** The operations that the user wants; those that take something away come last. */
function chosen({ operations }: ReadApi, only: readonly string[] | undefined): readonly ReadOperation[] {
  const fits = (each: ReadOperation): boolean =>
    only === undefined ||
    only.some(
      (pattern) => matches(pattern, operationName(each)) || (each.id !== undefined && matches(pattern, each.id)),
    )
  const found = operations
    .filter((each) => fits(each) && isSendable(each))
    .toSorted((a, b) => (ranks[a.method] ?? 4) - (ranks[b.method] ?? 4))
  if (found.length > 0) return found
  const names = operations.slice(0, 10).map(operationName).join(', ')
  throw new RangeError(
    operations.length === 0
      ? 'The description has no operations, so that there is nothing to test.'
      : `No operation of the description is called ${only?.join(', ')}: its operations are ${names}${operations.length > 10 ? ' ...' : ''}.`,
  )
}

/** No client in JavaScript may send the other methods. */
function isSendable({ method }: ReadOperation): boolean {
  return !['TRACE', 'CONNECT', 'TRACK'].includes(method)
}

function checksOf({ checks, without = [] }: GenerateSettings): ReadonlySet<CheckName> {
  const all = checks ?? checkTable.map(({ name }) => name)
  return new Set(all.filter((name) => !without.includes(name)))
}

function addressOf({ servers }: ReadApi): string {
  const first = servers[0] ?? '/'
  return URL.canParse(first, 'http://localhost') ? new URL(first, 'http://localhost').href : 'http://localhost'
}

function schemesOf({ security }: ReadOperation): string {
  return security.map((each) => Object.keys(each).join(' with ')).join(' or ')
}

function randomSeed(): number {
  return crypto.getRandomValues(new Int32Array(1))[0] ?? 1
}
