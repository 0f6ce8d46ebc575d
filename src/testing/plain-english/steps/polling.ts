import { setTimeout } from 'node:timers/promises'
import { Expectation } from '../expectation.ts'
import { millisecondsOf } from '../milliseconds.ts'
import { performAll, type Sentence, sentencesBelow, withPlace } from '../sentences.ts'
import { type Step, step } from '../step.ts'
import type { World } from '../world.ts'

const usual = '500 milliseconds'
const got = 'Given URL path "/get"\nWhen the URL is invoked\n'

/** Waiting for something to become true: the last request is sent again until a check passes. */
export const pollingSteps: readonly Step[] = [
  step({
    phrase: 'within {text} {}',
    kind: 'check',
    summary: 'Makes a check again and again, each time of a new response, until it passes or the time is over.',
    example: `${got}Then within "10 seconds" path "/url" is not empty`,
    run: (world, limit, check) => poll(world, limit, usual, [{ text: String(check) }]),
  }),
  step({
    phrase: 'within {text} every {text} {}',
    also: ['within {text}, every {text}, {}'],
    kind: 'check',
    summary: 'The same, with a time between the requests; half a second if no step says it.',
    example: `${got}Then within "10 seconds" every "100 milliseconds" status is "200"`,
    run: (world, limit, pause, check) => poll(world, limit, pause, [{ text: String(check) }]),
  }),
  step({
    phrase: 'within {text}',
    also: ['within {text}:'],
    kind: 'check',
    summary: 'The same for several checks, a line each, which must all pass for one response.',
    example: `${got}Then within "10 seconds"\n  """\n  status is "200"\n  path "/url" is not empty\n  """`,
    run: (world, limit) => poll(world, limit, usual, sentencesBelow(world)),
  }),
  step({
    phrase: 'within {text} every {text}',
    also: ['within {text}, every {text}', 'within {text} every {text}:', 'within {text}, every {text}:'],
    kind: 'check',
    summary: 'The same for several checks, with a time between the requests.',
    example: `${got}Then within "10 seconds" every "100 milliseconds"\n  """\n  status is "200"\n  """`,
    run: (world, limit, pause) => poll(world, limit, pause, sentencesBelow(world)),
  }),
]

async function poll(world: World, limit: string, pause: string, checks: readonly Sentence[]): Promise<void> {
  const { clock, signal } = world
  const end = clock.elapsed() + millisecondsOf(limit)
  const usualPause = millisecondsOf(pause)
  let requests = world.hasReply ? 1 : 0
  let failure = world.hasReply ? await failureOf(world, checks) : new Expectation('no request was sent yet')
  while (failure !== undefined) {
    const left = end - clock.elapsed()
    if (left <= 0)
      throw withPlace(failure, `not within ${limit}, in ${requests} ${requests === 1 ? 'request' : 'requests'}: `)
    if (requests > 0 || world.hasReply)
      await setTimeout(Math.min(left, pauseBefore(world, usualPause)), undefined, { signal })
    failure = (await sendFailure(world)) ?? (await failureOf(world, checks))
    requests += 1
  }
}

/** A server may say how long to wait. */
function pauseBefore(world: World, usualPause: number): number {
  if (!world.hasReply) return usualPause
  const seconds = Number(world.reply.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.max(usualPause, seconds * 1000) : usualPause
}

/** A server that is not there yet may come; a step that is wrong stays wrong. */
async function sendFailure(world: World): Promise<Expectation | undefined> {
  return failed(() => world.send())
}

async function failureOf(world: World, checks: readonly Sentence[]): Promise<Expectation | undefined> {
  return failed(async () => {
    const [only] = checks
    if (checks.length === 1 && only !== undefined) await world.perform(only)
    else await performAll(world, checks, 'in the checks')
  })
}

async function failed(work: () => Promise<void>): Promise<Expectation | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Expectation) return error
    throw error
  }
}
