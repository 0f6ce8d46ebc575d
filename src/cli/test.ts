import type { Command } from 'commander'
import { RunFault, reasonOf } from '../testing/plain-english/run/run-fault.ts'
import { failure, usageError } from './failure.ts'
import { keepOutputForResult } from './output.ts'
import { stopSignal } from './stop-signal.ts'
import { declareTest, testOptions } from './testing/options.ts'

export function declare(command: Command): void {
  declareTest(command)
}

export async function run(command: Command): Promise<number> {
  const options = testOptions(command)
  const [args = []] = command.processedArgs as [string[]?]
  try {
    if (options.watch === true) return await (await import('./testing/watch.ts')).watchTests(args, options)
    keepOutputForResult()
    const ending = new AbortController()
    void stopSignal().then(() => ending.abort())
    if (options.generate === true) {
      const { runGenerated } = await import('./testing/generate.ts')
      return await runGenerated(args, options, ending.signal)
    }
    if (options.steps === true || options.editor !== undefined) {
      const { tellSteps } = await import('./testing/tell-steps.ts')
      return await tellSteps(args, options)
    }
    const { runTests } = await import('./testing/run-tests.ts')
    return await runTests(args, options, ending.signal)
  } catch (error) {
    if (!(error instanceof RunFault)) throw error
    const sentence =
      error.reasons.length === 1 ? reasonOf(error) : ['The tests cannot run:', ...error.reasons].join('\n  - ')
    throw error.usage ? usageError(sentence) : failure(sentence)
  }
}
