import { writeFile } from 'node:fs/promises'
import { failure } from './failure.ts'

/** Writes the result of a command to the file that `--output` names. */
export async function writeResult(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw failure(`Cannot write ${path} (${error instanceof Error ? error.message : error}): choose another --output`)
  }
}
