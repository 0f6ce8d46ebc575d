import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { apiVersions, ofApiVersion } from '../openapi/api-version.ts'
import { openApiDocument } from '../openapi/document.ts'
import { toYaml } from '../openapi/yaml.ts'
import { openApp } from '../platform/open-app.ts'
import { appOf, declareApp } from './app-argument.ts'
import { failure } from './failure.ts'
import { keepOutputForResult, print } from './output.ts'
import { writeResult } from './result-file.ts'

const formats = {
  json: (document: ReturnType<typeof openApiDocument>): string => `${JSON.stringify(document, null, 2)}\n`,
  yaml: toYaml,
} as const

interface Options {
  readonly format: keyof typeof formats
  readonly version: '3.0' | '3.1' | '3.2'
  readonly apiVersion?: string
  readonly output?: string
}

export function declare(command: Command): void {
  declareApp(command)
    .addOption(new Option('--format <format>', 'how it is written').choices(Object.keys(formats)).default('json'))
    .addOption(
      new Option('--version <version>', 'the version of OpenAPI').choices(['3.0', '3.1', '3.2']).default('3.1'),
    )
    .option('--api-version <version>', 'the version of the API, where several stand side by side')
    .option('--output <file>', 'the file to write it to, instead of standard output')
}

export async function run(command: Command): Promise<number> {
  keepOutputForResult()
  const { format, version, apiVersion, output } = command.opts<Options>()
  const { app } = await openApp(appOf(command))
  await app.close()
  const known = apiVersions(app.description)
  if (apiVersion !== undefined && !known.includes(apiVersion)) {
    const choice = known.length === 0 ? 'leave --api-version out' : `choose one of ${known.join(', ')}`
    throw failure(`The API has no version ${apiVersion}: ${choice}`)
  }
  const text = formats[format](openApiDocument(ofApiVersion(app.description, apiVersion), version))
  if (output === undefined) await print(text)
  else await writeResult(resolve(output), text)
  return 0
}
