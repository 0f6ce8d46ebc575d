import { comment } from './comment.ts'
import { componentUse } from './component-use.ts'
import { codeOf, conversionNames, conversionsFor } from './conversions.ts'
import { declarations } from './declarations.ts'
import { emitOperation } from './emit-operation.ts'
import type { EmittedApi, EmittedReply } from './emitted-api.ts'
import { failures } from './failures.ts'
import { clientTypes, namesBeside, takenTypes } from './names.ts'
import { operationNames } from './operation-names.ts'
import { camelCase, quoted } from './words.ts'

/** How a client is written. */
export interface EmitOptions {
  /** What the object of functions is called; made from the title of the API if it is not given. */
  readonly name?: string
  /** The command that writes the file again, for its first line. */
  readonly command?: string
}

/**
 * Writes a typed client for an API as one file of TypeScript: a type for each named schema, and a function for each
 * operation. The same API always gives the same text.
 */
export function emitClient(api: EmittedApi, options: EmitOptions = {}): string {
  const { command = 'npx trestle client' } = options
  const names = namesBeside([...takenTypes, ...conversionNames])
  const { writer, texts } = declarations(api.schemas, componentUse(api), names)
  const name = names.take(options.name ?? clientName(api.title), 'api')
  const functionNames = operationNames(api.operations)
  const functions = api.operations.map((each, index) => {
    return emitOperation(writer, each, functionNames[index] ?? `call${index}`, names)
  })
  const members = functions.map(({ member }) => member)
  const about = `${api.title} ${api.version}`.trim().replaceAll(/\s+/g, ' ')
  const used = conversionsFor(members.join(''))
  const mayFail = api.operations.some(({ replies }) => replies.some(isDescribedFailure))
  const body = [
    ...(members.length === 0 ? [] : [callOptions]),
    object(name, head(about, name, api.servers, mayFail), members),
    ...functions.map(({ types }) => types).filter((each) => each !== ''),
    ...texts,
    ...(mayFail ? [failures] : []),
    ...used,
  ]
  return [`// Written by \`${command}\`: run it again to change this file.\n`, ...imports(body), ...body].join('\n')
}

function isDescribedFailure({ status, contents }: EmittedReply): boolean {
  return !/^[123]/.test(status) && contents.length > 0
}

/** Words of titles that say nothing of the API. */
const noise = /\b(the|official|open ?api|swagger|spec|specification|definition)\b|['’]s\b/gi

function clientName(title: string): string {
  const name = camelCase(title.replaceAll(noise, ' ')) || camelCase(title)
  if (name === '') return 'api'
  return /api$/i.test(name) ? name.replace(/api$/i, 'Api').replace(/^Api$/, 'api') : `${name}Api`
}

function head(about: string, name: string, servers: readonly string[], mayFail: boolean): string {
  const server = servers.find((each) => URL.canParse(each)) ?? 'http://127.0.0.1:17010'
  return comment(
    {
      lines: [
        `The operations of ${about}, sent through a client: \`${name}(client(${quoted(server)}))\`.`,
        '',
        'Each gives the promise of a reply: wait for it to see the status, or for its `json()` to get the data.',
        ...(mayFail
          ? ['Asked for the data, it throws for statuses of 400 and above: `isFailure` tells those errors.']
          : []),
      ],
    },
    '',
  )
}

function object(name: string, about: string, members: readonly string[]): string {
  if (members.length === 0) return `${about}export const ${name} = () => ({})\n`
  return `${about}export const ${name} = (session: Client) => ({\n${members.join('\n')}})\n`
}

const callOptions = `/** What any call may be told, beside what the operation takes. */
export type CallOptions = Omit<RequestOptions, 'params' | 'cookies' | 'json' | 'form' | 'files' | 'body'>
`

/** The types of the client that a file uses. */
function imports(body: readonly string[]): readonly string[] {
  const words = new Set(codeOf(body.join('')).match(/[\w$]+/g))
  const names = clientTypes.filter((each) => words.has(each))
  if (names.length === 0) return []
  const line = `import type { ${names.join(', ')} } from 'trestle/client'\n`
  return [
    line.length <= 121
      ? line
      : line.replace(`{ ${names.join(', ')} }`, `{\n${names.map((each) => `  ${each},\n`).join('')}}`),
  ]
}
