import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { emitClient } from '../client/emit/emit-client.ts'
import { isConstantName } from '../client/emit/words.ts'
import { openApiDocument } from '../openapi/document.ts'
import { DocumentError } from '../openapi/read/document-error.ts'
import { isAddress, loadApi } from '../openapi/read/load.ts'
import type { ReadApi } from '../openapi/read/read-api.ts'
import { readOpenApi } from '../openapi/read/read-open-api.ts'
import { openApp } from '../platform/open-app.ts'
import { failure, usageError } from './failure.ts'
import { keepOutputForResult, print } from './output.ts'
import { writeResult } from './result-file.ts'

interface Options {
  readonly output?: string
  readonly name?: string
  readonly check?: boolean
}

export function declare(command: Command): void {
  command
    .argument('[source]', 'the folder of an app, or the file or address of an OpenAPI document', '.')
    .option('--output <file>', 'the file to write it to, instead of standard output')
    .option('--name <name>', 'what the client is called; made from the title of the API if not given')
    .option('--check', 'write nothing, and fail if the file is not up to date')
}

export async function run(command: Command): Promise<number> {
  keepOutputForResult()
  const { output, name, check = false } = command.opts<Options>()
  const [source] = command.processedArgs.map(String)
  if (name !== undefined && !isConstantName(name)) {
    throw usageError(
      `--name is '${name}', which cannot be the name of a constant: write letters and digits, as in carsApi`,
    )
  }
  if (check && output === undefined)
    throw usageError('--check needs --output <file>: the file that should be up to date')
  const place = source ?? '.'
  const written = commandLine(place, output, name)
  const api = await apiOf(place)
  const text = emitClient(api, { command: written, ...(name !== undefined && { name }) })
  if (output === undefined) await print(text)
  else if (check) await compare(resolve(output), text, written)
  else await writeResult(resolve(output), text)
  return 0
}

async function apiOf(source: string): Promise<ReadApi> {
  try {
    if (isAddress(source)) return servedFrom(source, await loadApi(source))
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(source)) {
      throw failure(`${source} is no address of http or https: give one, the folder of an app, or a file`)
    }
    const path = resolve(source)
    const found = await stat(path).catch(() => undefined)
    if (found === undefined) throw failure(`${path} does not exist: give the folder of an app, or an OpenAPI document`)
    return found.isDirectory() ? await apiOfApp(path) : await loadApi(path)
  } catch (error) {
    throw error instanceof DocumentError ? failure(error.message) : error
  }
}

/** The API with the addresses of its servers as they are to who reads the document at an address. */
function servedFrom(source: string, api: ReadApi): ReadApi {
  const address = withoutCredentials(source)
  const servers = api.servers.map((each) => (URL.canParse(each, address) ? new URL(each, address).href : each))
  return { ...api, servers: servers.map((each) => each.replace(/\/$/, '')) }
}

async function apiOfApp(folder: string): Promise<ReadApi> {
  const { app } = await openApp(folder)
  await app.close()
  return readOpenApi(openApiDocument(app.description, '3.2'))
}

async function compare(path: string, text: string, written: string): Promise<void> {
  const present = await readFile(path, 'utf8').catch(() => undefined)
  if (present === undefined) throw failure(`${path} cannot be read: write it with '${written}'`)
  // A checkout may end lines in another way.
  if (present.replaceAll('\r\n', '\n') !== text)
    throw failure(`${path} is not up to date: write it again with '${written}'`)
}

/** The command that writes the file again, without credentials that an address may hold. */
function commandLine(source: string, output: string | undefined, name: string | undefined): string {
  const words = [
    ...(source === '.' ? [] : [withoutCredentials(source)]),
    ...(output === undefined ? [] : ['--output', output]),
    ...(name === undefined ? [] : ['--name', name]),
  ]
  return [
    'npx trestle client',
    ...words.map((word) => (/[\s"'`$\\&;|<>()*?]/.test(word) ? JSON.stringify(word) : word)),
  ].join(' ')
}

function withoutCredentials(source: string): string {
  if (!isAddress(source) || !URL.canParse(source)) return source
  const address = new URL(source)
  if (address.username === '' && address.password === '') return source
  address.username = ''
  address.password = ''
  return address.href
}
