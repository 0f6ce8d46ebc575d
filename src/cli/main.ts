import { explanation } from './explanation.ts'
import { Failure } from './failure.ts'
import { complain, tolerateClosedPipe } from './output.ts'
import { runProgram } from './program.ts'

tolerateClosedPipe()
process.exit(await exitCodeOf(process.argv.slice(2)))

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    return await runProgram(args)
  } catch (error) {
    await complain(explanation(error))
    return error instanceof Failure ? error.exitCode : 1
  }
}
