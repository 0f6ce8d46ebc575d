import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../src/platform/app-types.ts'
import { runPython, withoutPython } from '../examples/python.ts'
import { lineFaults, thrown } from './expectation.ts'

/** Where the documents say that an app is served. */
export const documentedAddress = 'http://127.0.0.1:17010'

const urls = new WeakMap<App, string>()

/** Runs the lines of a Python block against a served app; `# value` behind an expression says what it is. */
export async function runPythonBlock({ line, code }: { line: number; code: string }, app: App): Promise<void> {
  if (withoutPython() !== false) return
  const url = urls.get(app) ?? (await app.listen({ port: 0 })).url
  urls.set(app, url)
  const folder = await mkdtemp(join(tmpdir(), 'trestle-python-'))
  try {
    const script = join(folder, 'lines.py')
    await writeFile(script, pythonScript(code).replaceAll(documentedAddress, url))
    await runPython(script)
  } catch (error) {
    lineFaults.push({ line, message: `the Python fails: ${thrown(error)}` })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The lines as a script that fails where an expression is not what it is said to be. */
export function pythonScript(code: string): string {
  const lines = code.split('\n').map((text) => {
    const [, expression, value] = /^(\S.*?)\s+# (.+)$/.exec(text) ?? []
    return expression === undefined ? text : `_found = ${expression}\nassert _found == (${value}), f"found {_found!r}"`
  })
  return ['import os, uuid', 'import requests', ...lines, ''].join('\n')
}
