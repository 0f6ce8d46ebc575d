import { StartupError } from '../kernel/startup-error.ts'
import { Failure } from './failure.ts'
import { complain, tolerateClosedPipe } from './output.ts'
import { runProgram } from './program.ts'

tolerateClosedPipe()
process.exit(await exitCodeOf(process.argv.slice(2)))

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    return await runProgram(args)
  } catch (error) {
    await complain(explain(error))
    return error instanceof Failure ? error.exitCode : 1
  }
}

function explain(error: unknown): string {
  if (error instanceof Failure) return error.message
  if (error instanceof StartupError) {
    const { reasons } = error
    return reasons.length === 1 ? error.message : ['The app cannot start:', ...reasons].join('\n  - ')
  }
  const stack = error instanceof Error ? error.stack : String(error)
  return `This is a mistake in Trestle itself, please report it:\n${stack}`
}
