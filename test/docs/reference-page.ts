import type { PublicName } from './public-name.ts'

/** The parts of the page, by the folders whose names they show. */
const parts: readonly (readonly [title: string, folders: readonly string[]])[] = [
  ['Apps', ['src/platform/']],
  ['Services, calls and problems', ['src/kernel/']],
  ['Channels over HTTP', ['src/http/']],
  ['Models', ['src/schema/']],
]

const introduction = `# Reference

Every name that \`trestle\` exports, with the first sentence of its comment. The rest of the comment, with members, problems
and an example that a test runs, shows up in your editor when you point at the name. The [guide](../guide/README.md) says how
they work together.

<!-- Made from the comments in src/ by test/docs/reference.test.ts; UPDATE_SNAPSHOT=1 writes it anew. -->
`

/** The page that lists all public names. @throws Error for a name that no part shows */
export function referencePage(names: readonly PublicName[]): string {
  const lost = names.filter(({ path }) => !parts.some(([, folders]) => isBelow(path, folders)))
  if (lost.length > 0) throw new Error(`no part of the page shows ${lost.map(({ name }) => name).join(', ')}`)
  const tables = parts.map(([title, folders]) =>
    table(
      title,
      names.filter(({ path }) => isBelow(path, folders)),
    ),
  )
  return [introduction, ...tables].join('\n')
}

function table(title: string, names: readonly PublicName[]): string {
  const sorted = names.toSorted((a, b) => compare(a.kind === 'type', b.kind === 'type') || compare(a.name, b.name))
  const rows = sorted.map(({ name, kind, sentence }) => {
    return `| \`${name}\` | ${kind === 'type' ? 'type' : 'value'} | ${sentence.replaceAll('|', '\\|')} |`
  })
  return [`## ${title}`, '', '| Name | Kind | What it is |', '|---|---|---|', ...rows, ''].join('\n')
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder))
}

function compare(a: string | boolean, b: string | boolean): number {
  return a < b ? -1 : a > b ? 1 : 0
}
