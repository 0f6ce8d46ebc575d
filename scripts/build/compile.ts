import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runTool } from '../run.ts'
import { importsOf } from '../source/imports.ts'

/** Compiles src/ into a folder: JavaScript and declarations. Throws with the compiler's words when it finds a fault. */
export async function compile(out: string): Promise<void> {
  const { code, output } = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', out])
  if (code !== 0) throw new Error(`The package does not compile; mend these, then build again:\n${output}`)
  for (const path of globSync('**/*.d.ts', { cwd: out })) {
    const file = join(out, path)
    await writeFile(file, nameJavaScript(await readFile(file, 'utf8')))
  }
}

/** The compiler rewrites `./x.ts` to `./x.js` in code, but leaves it in declarations, where users have no such file. */
export function nameJavaScript(declarations: string): string {
  const targets = importsOf(declarations).filter(({ specifier }) => /^\..*(?<!\.d)\.ts$/.test(specifier))
  return targets.reduceRight((text, { specifier, at }) => {
    const end = at + 1 + specifier.length
    return `${text.slice(0, end - '.ts'.length)}.js${text.slice(end)}`
  }, declarations)
}
