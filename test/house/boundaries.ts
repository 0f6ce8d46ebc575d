import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { importsOf } from '../../scripts/source/imports.ts'
import { lineAt, tokens } from '../../scripts/source/tokens.ts'
import { entries, type Room } from './rooms.ts'
import type { SourceTree } from './source-tree.ts'

/** The laws that a tree of sources is held to. */
export type Laws = {
  readonly rooms: Readonly<Record<string, Room>>
  /** The npm packages that a user's install brings: dependencies and peer dependencies. */
  readonly installed: ReadonlySet<string>
}

/** Every import in the tree that breaks the arrow rule, as one sentence with file, line and way out. */
export function boundaryFaults(tree: SourceTree, laws: Laws): readonly string[] {
  return [...tree].flatMap(([file, source]) => {
    const room = laws.rooms[roomOf(file)]
    if (room === undefined && !entries.has(file)) {
      return [`src/${file} is in no known room: move it into one, or describe its room in test/house/rooms.ts`]
    }
    const imports = importsOf(source)
    const say = ({ at, fault }: { at: number; fault: string }): string => `src/${file}:${lineAt(source, at)} ${fault}`
    const faults = imports.flatMap(({ specifier, at }) => {
      const fault = specifier.startsWith('.')
        ? fileFault(file, specifier, tree, room)
        : packageFault(file, specifier, laws, room)
      return fault === undefined ? [] : [{ at, fault }]
    })
    return [...faults, ...pathsThatStayTypeScript(source, new Set(imports.map(({ at }) => at)))].map(say)
  })
}

function fileFault(file: string, specifier: string, tree: SourceTree, room: Room | undefined): string | undefined {
  const target = posix.join(posix.dirname(file), specifier)
  if (target.startsWith('..')) {
    return `imports '${specifier}', which is outside src/: in the published package that path leads elsewhere; move the file into src/`
  }
  if (!/\.(ts|json)$/.test(specifier)) return `imports '${specifier}': name the file with its .ts or .json extension`
  if (/\.test\.ts$|(^|\/)template\//.test(target)) {
    return `imports '${specifier}': code that ships imports neither tests nor templates; move the shared part into a source file`
  }
  if (specifier.endsWith('.ts') && !tree.has(target)) {
    return `imports '${specifier}', which does not exist: mend the path`
  }
  const [from, to] = [roomOf(file), roomOf(target)]
  if (from === to || entries.has(file) || room?.rooms.includes(to)) return undefined
  const allowed = room === undefined || room.rooms.length === 0 ? 'no other room' : room.rooms.join(', ')
  return `imports ${to} ('${specifier}'), but ${from} may import ${allowed}: move the shared part down, or pass it in from above`
}

function packageFault(file: string, specifier: string, laws: Laws, room: Room | undefined): string | undefined {
  if (specifier === 'trestle/package.json') return undefined
  if (isBuiltin(specifier)) {
    if (room?.builtins === undefined || room.builtins.includes(specifier)) return undefined
    return `imports '${specifier}', but ${roomOf(file)} may use ${room.builtins.join(', ') || 'no module of Node'}: do this in a room above and pass it in`
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === 'trestle') return `imports '${specifier}' by the package's own name: import the file by a relative path`
  const allowed = room?.packages ?? []
  if (!allowed.includes(name)) {
    return `imports the package '${name}', but ${roomOf(file)} may import ${allowed.join(', ') || 'no package'}: use the room that wraps it, or give a reason in test/house/rooms.ts`
  }
  if (!laws.installed.has(name)) {
    return `imports the package '${name}', which users do not get: add it to dependencies or peerDependencies`
  }
  return undefined
}

/** Relative .ts paths in plain strings: the compiler rewrites imports only, so these would point at nothing in dist. */
function pathsThatStayTypeScript(
  source: string,
  imports: ReadonlySet<number>,
): readonly { at: number; fault: string }[] {
  return tokens(source)
    .filter(
      ({ kind, text, at }) => kind === 'string' && /^\.{1,2}\/[\w./-]+(?<!\.d)\.ts$/.test(text) && !imports.has(at),
    )
    .map(({ text, at }) => ({
      at,
      fault: `names '${text}' in a string, which is a .js file in the published package: take the extension from import.meta.url`,
    }))
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}
