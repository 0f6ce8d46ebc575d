import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { isMedia, type Media } from '../kernel/media.ts'
import { nearest } from '../kernel/nearest.ts'
import { isProblem, type Problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import { isBuiltIn } from '../kernel/service-names.ts'
import type { App } from '../platform/app-types.ts'
import { openApp } from '../platform/open-app.ts'
import { dataOf, declareData } from './data-folder.ts'
import { failure, usageError } from './failure.ts'
import { keepOutputForResult, print } from './output.ts'
import { stderrLog } from './stderr-log.ts'

export function declare(command: Command): void {
  declareData(command)
    .argument('<service>', "the name of the service, as 'trestle routes' lists it")
    .argument('[json]', 'its input; - reads it from standard input')
    .option('--app <folder>', 'the folder of the app', '.')
    .addHelpText(
      'after',
      '\nExample:\n  $ trestle invoke employee.get-employee \'{"employee_no": 123}\' --app examples/employee',
    )
}

export async function run(command: Command): Promise<number> {
  keepOutputForResult()
  const [name, json] = command.processedArgs as [string, string | undefined]
  const given = await inputOf(json)
  // Whoever calls from the shell wants to know that an output breaks its model, but for one who operates the app.
  const mode = process.env.NODE_ENV === 'production' ? 'production' : 'development'
  const { app } = await openApp(resolve(command.opts<{ app: string }>().app), {
    ...{ log: stderrLog, mode },
    ...dataOf(command),
  })
  try {
    const service = find(app, name)
    const input = given ?? (service.input === undefined ? undefined : {})
    await show(await invoke(app, name, input))
  } finally {
    await app.close()
  }
  return 0
}

async function inputOf(json: string | undefined): Promise<unknown> {
  if (json === undefined) return undefined
  const source = json === '-' ? await text(process.stdin) : json
  try {
    return JSON.parse(source)
  } catch (error) {
    throw usageError(
      `The input is not JSON (${error instanceof Error ? error.message : error}): write it as '{"name": "value"}'`,
    )
  }
}

function find(app: App, name: string): RegisteredService {
  const found = app.services.find((each) => each.name === name)
  if (found !== undefined) return found
  const all = app.services.map((each) => each.name)
  const names = all.filter((each) => !isBuiltIn(each))
  const meant = nearest(name, all)
  const suggestion = meant === undefined ? '.' : `, did you mean ${meant}?`
  throw failure(
    `There is no service '${name}'${suggestion} This app has:\n${names.map((each) => `  ${each}`).join('\n')}`,
  )
}

async function invoke(app: App, name: string, input: unknown): Promise<unknown> {
  try {
    return await app.invoke(name, input)
  } catch (error) {
    if (isProblem(error)) throw failure(explain(error))
    throw failure(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}

function explain({ title, code, detail, findings = [] }: Problem): string {
  const head = `${title} (${code})${detail === undefined ? '' : `: ${detail}`}`
  return [head, ...findings.map(({ path, message }) => `  ${path === '' ? 'the input' : path}: ${message}`)].join('\n')
}

async function show(output: unknown): Promise<void> {
  if (isMedia(output)) await showMedia(output)
  else if (output !== undefined) await print(JSON.stringify(output, null, 2))
}

async function showMedia({ body, stored }: Media): Promise<void> {
  const content = await stored?.()
  const parts = content === undefined ? body : content.read(0, content.size)
  if (typeof parts === 'string' || parts instanceof Uint8Array) await print(parts)
  else for await (const part of parts ?? []) await print(Buffer.from(part))
}
