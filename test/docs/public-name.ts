import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { exportedNames } from '../../scripts/source/exports.ts'
import { type CodeBlock, codeBlocks } from './code-block.ts'

/** A name that the package exports, with what its source says about it. */
export interface PublicName {
  readonly name: string
  readonly kind: 'value' | 'type'
  /** The file that declares it, in the repository. */
  readonly path: string
  readonly line: number
  /** The first sentence of its comment; empty when it has none. */
  readonly sentence: string
  /** The `ts` blocks of its comment. */
  readonly examples: readonly CodeBlock[]
  readonly members: readonly PublicMember[]
}

/** A member of an interface or a class. */
export interface PublicMember {
  readonly name: string
  readonly line: number
  readonly hasComment: boolean
}

/** The names that an entry file exports, with the comments of their declarations, in alphabetical order. */
export function publicNames(entry: string): readonly PublicName[] {
  const source = read(entry)
  const kinds = exportedNames(source)
  const files = new Map(
    [...source.matchAll(/\{([^}]*)\} from '\.\/([^']*)'/g)].flatMap(([, list = '', file = '']) =>
      list.split(',').map((each) => [each.replace(/\btype\b/, '').trim(), `src/${file}`] as const),
    ),
  )
  return Object.entries(kinds).map(([name, kind]) => declared(name, kind, files.get(name) ?? entry))
}

function declared(name: string, kind: PublicName['kind'], path: string): PublicName {
  const lines = read(path).split('\n')
  const pattern = new RegExp(`^export (?:abstract |async )?(?:const|function|class|interface|type) ${name}\\b`)
  const at = lines.findIndex((line) => pattern.test(line))
  if (at === -1) throw new Error(`${path} does not declare ${name}: export it from the file that does`)
  const start = commentStart(lines, at)
  const comment = start === undefined ? [] : lines.slice(start, at)
  const examples = codeBlocks({ path, text: comment.join('\n') })
    .filter(({ language }) => language === 'ts')
    .map((block) => ({ ...block, line: block.line + (start ?? 0) }))
  return { name, kind, path, line: at + 1, sentence: firstSentence(comment), examples, members: membersOf(lines, at) }
}

/** The first line of the comment that ends right above a line. */
function commentStart(lines: readonly string[], at: number): number | undefined {
  if (!/\*\/$/.test(lines[at - 1] ?? '')) return undefined
  let start = at - 1
  while (start > 0 && !/^\s*\/\*\*/.test(lines[start] ?? '')) start -= 1
  return start
}

function firstSentence(comment: readonly string[]): string {
  const text = comment.map((line) => line.replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, '').replace(/ ?\*\/$/, ''))
  const end = text.findIndex((line, index) => (line === '' && index > 0) || /^(?:@|```)/.test(line))
  const paragraph = text
    .slice(0, end === -1 ? text.length : end)
    .join(' ')
    .replaceAll(/\{@link ([^}]*)\}/g, '`$1`')
    .trim()
  return /^.*?\.(?= |$)/.exec(paragraph)?.[0] ?? paragraph
}

function membersOf(lines: readonly string[], at: number): readonly PublicMember[] {
  if (!/^export (?:interface|class|type \w+ = \{$)/.test(lines[at] ?? '')) return []
  const open = lines.findIndex((line, index) => index >= at && line.endsWith('{'))
  const close = lines.findIndex((line, index) => index > open && /^\}/.test(line))
  const members: PublicMember[] = []
  for (let index = open + 1; index < close; index++) {
    const [, name] = /^ {2}(?:override )?(?:readonly )?(\w+)\??\s*[:(<]/.exec(lines[index] ?? '') ?? []
    if (name === undefined || name === 'constructor') continue
    members.push({ name, line: index + 1, hasComment: /\*\/$/.test(lines[index - 1] ?? '') })
  }
  return members
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
