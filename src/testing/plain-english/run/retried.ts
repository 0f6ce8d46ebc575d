import type { FeatureContext } from '../feature-context.ts'
import type { ScenarioResult } from '../result.ts'

/**
 * Runs a scenario, again from where it began while it fails, so many times more. One that passes then is flaky, and its first
 * step says so: a test that passes by chance should be seen.
 */
export async function retried(
  context: FeatureContext,
  times: number,
  run: () => Promise<ScenarioResult>,
): Promise<ScenarioResult> {
  const { shared, stored, signal } = context
  const before = { shared: { ...shared }, stored: new Map(stored) }
  const first = await run()
  const earlier: ScenarioResult[] = []
  let result = first
  for (let again = 1; again <= times && result.status === 'failed' && !signal.aborted; again += 1) {
    Object.assign(shared, before.shared)
    stored.clear()
    for (const [name, value] of before.stored) stored.set(name, value)
    earlier.push(result)
    result = { ...(await run()), earlier }
    if (result.status === 'passed') {
      return withNote(result, `Flaky: it failed ${again} of ${again + 1} times: ${why(first)}`)
    }
  }
  return result
}

/** The result with a note on its first step. */
export function withNote(result: ScenarioResult, note: string | undefined): ScenarioResult {
  if (note === undefined) return result
  const steps = result.steps.map((step, index) => (index === 0 ? { ...step, notes: [note, ...step.notes] } : step))
  return { ...result, steps }
}

function why({ steps }: ScenarioResult): string {
  const failed = steps.find(({ status }) => status === 'failed')
  return failed === undefined ? '' : `${failed.step.keyword} ${failed.step.text}: ${failed.failure?.message ?? ''}`
}
