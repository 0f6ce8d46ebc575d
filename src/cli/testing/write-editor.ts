import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { editorFiles, extensionName } from '../../testing/plain-english/editor/editor-files.ts'
import { reasonOf } from '../../testing/plain-english/run/run-fault.ts'
import type { StepFamily } from '../../testing/plain-english/steps/all-steps.ts'
import { failure } from '../failure.ts'
import { print } from '../output.ts'
import { version } from '../version.ts'

/** Writes the extension of editors for feature files into a folder, and says how an editor gets it. @throws Failure */
export async function writeEditor(place: string, families: readonly StepFamily[]): Promise<void> {
  const folder = resolve(place)
  await refuseOthers(folder)
  const files = Object.entries(editorFiles(families, version))
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  } catch (error) {
    throw failure(`The editor extension cannot be written to ${folder} (${reasonOf(error)}): name another folder`)
  }
  const count = families.reduce((sum, { steps }) => sum + steps.length, 0)
  await print(`Wrote an editor extension for feature files, with the sentences of ${count} steps, to
  ${folder}

VS Code and its relatives: run the command 'Developer: Install Extension from Location...', and choose the folder.
JetBrains: Settings > Editor > TextMate Bundles > +, and choose the folder (colours only).
Neovim, Zed and others: syntaxes/feature.tmLanguage.json has the colours, completions.json the sentences.

Write it again after you have added steps of your own.`)
}

/** What somebody else has written there is not written over. */
async function refuseOthers(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined || text.includes(`"name": "${extensionName}"`)) return
  throw failure(`${folder} holds a package of its own: name a new folder for the editor extension`)
}
