import { print } from '../output.ts'
import { knownSteps } from './known-steps.ts'
import type { TestOptions } from './options.ts'
import { stepList } from './step-list.ts'
import { writeEditor } from './write-editor.ts'

/** Tells people, or their editors, which steps features may use; returns the exit code. */
export async function tellSteps(args: readonly string[], options: TestOptions): Promise<number> {
  const families = await knownSteps(args, options)
  if (options.steps === true) await print(stepList(families))
  if (options.editor !== undefined) await writeEditor(options.editor, families)
  return 0
}
