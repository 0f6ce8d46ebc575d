import { execFile, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative, sep } from 'node:path'
import { root } from '../../scripts/root.ts'
import { exportedNames } from '../../scripts/source/exports.ts'
import type { Document } from './code-block.ts'
import { type ExampleProgram, exampleProgram } from './example-program.ts'
import { type ExampleWorkspace, exampleWorkspace } from './example-workspace.ts'
import type { LineFault } from './expectation.ts'

/** What is wrong with the examples of a document, by line; empty when all of them do what they say. */
export type DocumentFaults = ReadonlyMap<string, readonly string[]>

/** Checks the types of all examples of the documents, and runs them; each may run `patience` milliseconds. */
export async function doctest(documents: readonly Document[], patience: number = 60_000): Promise<DocumentFaults> {
  const publicNames = exportedNames(await readFile(join(root, 'src/index.ts'), 'utf8'))
  const programs = documents.map((document) => exampleProgram(document, publicNames))
  await using workspace = await exampleWorkspace(programs)
  const [types, runs] = await Promise.all([typeFaults(programs, workspace), runAll(programs, workspace, patience)])
  return new Map(
    programs.map((program, index) => {
      const all = [...program.faults, ...(types.get(program) ?? []), ...(runs[index] ?? [])]
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

async function runAll(
  programs: readonly ExampleProgram[],
  workspace: ExampleWorkspace,
  patience: number,
): Promise<readonly (readonly LineFault[])[]> {
  const results: (readonly LineFault[])[] = []
  const waiting = [...programs.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, program] = next
      results[index] = program.steps.length === 0 ? [] : await run(workspace.folderOf(program), patience)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

// What this run was told must not be told to the examples.
const ofThisRun = /^(TRESTLE_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|FORCE_COLOR$)/

function run(folder: string, patience: number): Promise<readonly LineFault[]> {
  const kept = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name))
  const child = fork(join(import.meta.dirname, 'run-example.ts'), [join(folder, 'steps.json')], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), NODE_ENV: 'test', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (printed += text))
  let faults: readonly LineFault[] | undefined
  child.on('message', (message: readonly LineFault[]) => {
    faults = message
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const how = signal === null ? `it ended with ${code}` : `it did not end within ${patience / 1000} s`
      const end = code === 0 && faults !== undefined ? [] : [{ line: 1, message: `${how}; it printed:\n${printed}` }]
      done([...(faults ?? []), ...end])
    })
  })
}
