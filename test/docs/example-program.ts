import { tokens } from '../../scripts/source/tokens.ts'
import { checkedCode } from './checked-code.ts'
import { type CodeBlock, codeBlocks, type Document } from './code-block.ts'
import type { LineFault } from './expectation.ts'
import type { Importable } from './public-entries.ts'
import { documentedAddress } from './python-block.ts'

/** What is done with the files of a program, in order. */
export type Step =
  /** Puts a file of an app where the shell is by then. */
  | { readonly kind: 'file'; readonly line: number; readonly file: string }
  /** Runs a module. */
  | { readonly kind: 'module'; readonly line: number; readonly file: string }
  /** Runs the commands of a shell block, and compares what the last one prints. */
  | ({ readonly kind: 'shell' } & ShellBlock)
  /** Runs a feature. */
  | ({ readonly kind: 'feature' } & FeatureBlock)
  /** Starts the app that the files make. */
  | { readonly kind: 'start'; readonly line: number }

/** A shell block, with the block that shows what its last command prints. */
export interface ShellBlock {
  readonly line: number
  readonly code: string
  readonly output?: { readonly language: string; readonly code: string }
}

/** A feature, with the block that shows what its report says. */
export interface FeatureBlock extends ShellBlock {
  /** Whether it is there to fail: its first line says so. */
  readonly fails: boolean
}

/** A document as a program. Every line of its files stands on the line that it has in the document. */
export interface ExampleProgram {
  readonly path: string
  readonly files: ReadonlyMap<string, string>
  readonly steps: readonly Step[]
  readonly faults: readonly LineFault[]
}

/** Lines of code with their place in the document. */
interface Piece {
  readonly line: number
  readonly code: string
}

const named = /^(?:\/\/|#) ([\w./-]*\.[\w.]+)$/
const shells: ReadonlySet<string> = new Set(['sh', 'shell', 'bash'])
const outputs: ReadonlySet<string> = new Set(['json', 'http', 'text', 'yaml', ''])
const showsFile = /(?:^|\n)cat (\S+)$/

/**
 * Makes a program of a document. In a page, a `ts` block that begins with an import is a module of its own, and those
 * behind it go on with it; a block that begins with the name of a file is a part of an app folder. In a source file each
 * block is a module, into which the public names that it uses are imported.
 */
export function exampleProgram(document: Document, publicNames: ReadonlyMap<string, Importable>): ExampleProgram {
  const blocks = codeBlocks(document)
  return document.path.endsWith('.md') ? pageProgram(document, blocks) : commentProgram(document, blocks, publicNames)
}

function commentProgram(
  { path }: Document,
  blocks: readonly CodeBlock[],
  publicNames: ReadonlyMap<string, Importable>,
): ExampleProgram {
  const builder = new Builder(path)
  for (const block of blocks.filter(({ language }) => language === 'ts')) {
    builder.add(moduleFile(block), block)
    builder.header(moduleFile(block), importsFor(block.code, publicNames))
  }
  return builder.finish()
}

function pageProgram({ path }: Document, blocks: readonly CodeBlock[]): ExampleProgram {
  const builder = new Builder(path)
  let module: string | undefined
  let startLine: number | undefined
  for (const [index, block] of blocks.entries()) {
    const { language, line, code, follows } = block
    const [, shown] = (follows && showsFile.exec(blocks[index - 1]?.code ?? '')) || []
    if (shown !== undefined) {
      // What a command has written is code that the blocks behind it can import.
      if (language === 'ts') builder.add(shown, block)
      continue
    }
    if (language === 'gherkin') {
      builder.step({ kind: 'feature', fails: /^# fails\n/.test(code), ...withOutput(block, blocks[index + 1]) })
    }
    const file = named.exec(code.split('\n', 1)[0] ?? '')?.[1]
    if (file !== undefined && !shells.has(language)) {
      module = undefined
      builder.add(file, block)
      if (/^services\//.test(file)) startLine ??= line
    } else if (language === 'ts') {
      if (module === undefined || tokens(code)[0]?.text === 'import') module = moduleFile(block)
      builder.add(module, block)
    } else if (language === 'python') {
      // Lines against other addresses, such as those of a server with certificates, are there to be read.
      if (module !== undefined && code.includes(documentedAddress) && builder.declares(module, 'app'))
        builder.insert(module, line, `;await doctest.python(${JSON.stringify({ line, code })}, app)`)
    } else if (shells.has(language)) {
      const shell = withOutput(block, blocks[index + 1])
      if (module !== undefined && builder.declares(module, 'app')) {
        builder.insert(module, line, `;await doctest.shell(${JSON.stringify(shell)}, app)`)
      } else builder.step({ kind: 'shell', ...shell })
    }
  }
  if (startLine !== undefined) builder.step({ kind: 'start', line: startLine })
  return builder.finish()
}

function moduleFile({ line }: CodeBlock): string {
  return `example-${line}.ts`
}

function withOutput({ line, code }: CodeBlock, next: CodeBlock | undefined): ShellBlock {
  const isOutput = next !== undefined && (outputs.has(next.language) || showsFile.test(code))
  if (!isOutput || !next.follows) return { line, code }
  return { line, code, output: { language: next.language, code: next.code } }
}

/** The line with the name of a file stays only where it is a comment. */
function withoutName(file: string, code: string): string {
  return /\.(csv|tsv|json|txt|xml|sql)$/.test(file) ? code.slice(code.indexOf('\n') + 1) : code
}

class Builder {
  readonly #path: string
  readonly #pieces: Map<string, Piece[]> = new Map()
  readonly #headers: Map<string, string> = new Map()
  readonly #steps: Step[] = []
  readonly #faults: LineFault[] = []

  constructor(path: string) {
    this.#path = path
  }

  add(file: string, { line, code }: CodeBlock): void {
    const isCode = /\.m?ts$/.test(file)
    const checked = isCode ? checkedCode(code, line) : { code: withoutName(file, code), faults: [] }
    this.#faults.push(...checked.faults)
    const kind = /^example-|\.test\.ts$/.test(file) ? 'module' : 'file'
    if (!this.#pieces.has(file)) this.#steps.push({ kind, line, file })
    this.insert(file, line, checked.code)
  }

  insert(file: string, line: number, code: string): void {
    this.#pieces.set(file, [...(this.#pieces.get(file) ?? []), { line, code }])
  }

  header(file: string, code: string): void {
    this.#headers.set(file, code)
  }

  step(step: Step): void {
    this.#steps.push(step)
  }

  declares(file: string, name: string): boolean {
    const all = (this.#pieces.get(file) ?? []).flatMap(({ code }) => tokens(code).map(({ text }) => text))
    return all.some((text, at) => text === name && (all[at - 1] === 'const' || all[at - 1] === 'using'))
  }

  finish(): ExampleProgram {
    const files = [...this.#pieces].map(([file, pieces]): [string, string] => {
      if (!/\.m?ts$/.test(file)) return [file, `${pieces.map(({ code }) => code).join('\n')}\n`]
      const header = `import * as doctest from 'doctest/doctest-module.ts'; ${this.#headers.get(file) ?? ''}; void doctest`
      return [file, `${onTheirLines([{ line: 1, code: header }, ...pieces])}\n`]
    })
    return { path: this.#path, files: new Map(files), steps: this.#steps, faults: this.#faults }
  }
}

function onTheirLines(pieces: readonly Piece[]): string {
  const lines: string[] = []
  for (const { line, code } of pieces) {
    for (const [index, text] of code.split('\n').entries()) lines[line - 1 + index] = text
  }
  return Array.from(lines, (line = '') => line).join('\n')
}

const declaring: ReadonlySet<string> = new Set(['const', 'let', 'function', 'class', 'using', 'type', 'interface'])

/** Imports of the public names, and of `z`, that code uses without having them. */
function importsFor(code: string, publicNames: ReadonlyMap<string, Importable>): string {
  const all = tokens(code)
  const words = all.filter(({ kind }) => kind === 'word').map(({ text }) => text)
  const used = new Set(
    all.flatMap(({ kind, text }, at) => (kind === 'word' && all[at - 1]?.text !== '.' ? [text] : [])),
  )
  const own = new Set(words.filter((_, at) => declaring.has(words[at - 1] ?? '')))
  const imported = code.includes('import ')
  const lacking = [...publicNames].filter(([name]) => used.has(name) && !own.has(name) && !imported)
  const imports = [...Map.groupBy(lacking, ([, { specifier }]) => specifier)].map(([specifier, names]) => {
    const list = names.map(([name, { kind }]) => (kind === 'type' ? `type ${name}` : name)).join(', ')
    return `import { ${list} } from '${specifier}'`
  })
  // Without any import or export it would be a script, whose names all examples share.
  return [...imports, ...(used.has('z') && !imported ? ["import { z } from 'zod'"] : []), 'export {}'].join('; ')
}
