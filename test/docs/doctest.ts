import { execFile, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, relative, sep } from 'node:path'
import { root } from '../../scripts/root.ts'
import type { Document } from './code-block.ts'
import { type ExampleProgram, exampleProgram } from './example-program.ts'
import { type ExampleWorkspace, exampleWorkspace } from './example-workspace.ts'
import type { LineFault } from './expectation.ts'
import { importableNames } from './public-entries.ts'

/** What is wrong with the examples of a document, by line; empty when all of them do what they say. */
export type DocumentFaults = ReadonlyMap<string, readonly string[]>

/** Checks the types of all examples of the documents, and runs them; each may run `patience` milliseconds. */
export async function doctest(documents: readonly Document[], patience: number = 60_000): Promise<DocumentFaults> {
  const publicNames = importableNames()
  const programs = documents.map((document) => exampleProgram(document, publicNames))
  await using workspace = await exampleWorkspace(programs)
  const [types, runs] = await Promise.all([typeFaults(programs, workspace), runAll(programs, workspace, patience)])
  return new Map(
    programs.map((program) => {
      const all = [...program.faults, ...(types.get(program) ?? []), ...(runs.get(program) ?? [])]
      const sorted = all.toSorted((a, b) => a.line - b.line)
      return [program.path, sorted.map(({ line, message }) => `${program.path}:${line} ${message}`)]
    }),
  )
}

async function typeFaults(
  programs: readonly ExampleProgram[],
  workspace: ExampleWorkspace,
): Promise<ReadonlyMap<ExampleProgram, readonly LineFault[]>> {
  const printed = await tsc(workspace.folder)
  const ofItself = /^error TS.*/m.exec(printed)
  if (ofItself !== null) throw new Error(`tsc cannot check the examples: ${ofItself[0]}`)
  const found = [...printed.matchAll(/^(\S.*?)\((\d+),\d+\): error (TS\d+: .*(?:\n {2}.*)*)/gm)].flatMap(
    ([, file = '', line, message = '']) => {
      const [name] = file.split('/')
      const program = programs.find((each) => relative(workspace.folder, workspace.folderOf(each)) === name)
      return program === undefined ? [] : [{ program, line: Number(line), message }]
    },
  )
  return Map.groupBy(found, ({ program }) => program)
}

function tsc(folder: string): Promise<string> {
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false']
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) =>
      done(stdout.replaceAll(sep, '/')),
    )
  })
}

/** Runs each page in a process of its own, and the comments of all sources, which leave nothing behind, in one. */
async function runAll(
  programs: readonly ExampleProgram[],
  workspace: ExampleWorkspace,
  patience: number,
): Promise<ReadonlyMap<ExampleProgram, readonly LineFault[]>> {
  const runnable = programs.filter(({ steps }) => steps.length > 0)
  const [pages = [], comments = []] = [/\.md$/, /\.ts$/].map((end) => runnable.filter(({ path }) => end.test(path)))
  const waiting = [comments, ...pages.map((page) => [page])].filter((group) => group.length > 0)
  const results = new Map<ExampleProgram, readonly LineFault[]>()
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const faults = await run(group.map(workspace.folderOf), patience)
      for (const [index, program] of group.entries()) results.set(program, faults[index] ?? [])
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

// What this run was told must not be told to the examples.
const ofThisRun = /^(TRESTLE_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|FORCE_COLOR$)/

/** Runs the programs of folders in one process, and gives the faults of each. */
function run(folders: readonly string[], patience: number): Promise<readonly (readonly LineFault[])[]> {
  const kept = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name))
  const child = fork(join(import.meta.dirname, 'run-example.ts'), folders, {
    cwd: folders[0],
    env: { ...Object.fromEntries(kept), NODE_ENV: 'test', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (printed += text))
  const faults: (readonly LineFault[])[] = []
  child.on('message', (message: readonly LineFault[]) => faults.push(message))
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const how = signal === null ? `it ended with ${code}` : `it did not end within ${patience / 1000} s`
      const end: LineFault = { line: 1, message: `${how}; it printed:\n${printed}` }
      // The document that was running when it ended, or else the last one, is at fault.
      const at = Math.min(faults.length, folders.length - 1)
      if (code !== 0 || faults.length < folders.length) faults[at] = [...(faults[at] ?? []), end]
      done(faults)
    })
  })
}
