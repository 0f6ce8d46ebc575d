import type { PublicName } from './public-name.ts'

/** The parts of the page, by the folders and files whose names they show; the longest path counts. */
const parts: readonly (readonly [title: string, places: readonly string[]])[] = [
  ['Apps', ['src/platform/', 'src/http/server/', 'src/http/static/', 'src/kernel/startup-error.ts']],
  ['Services and calls', ['src/kernel/']],
  [
    'Channels',
    ['src/http/rest-channel.ts', 'src/http/group.ts', 'src/http/route/', 'src/http/versions/', 'src/http/cors/'],
  ],
  ['Problems and errors', ['src/kernel/problem', 'src/kernel/catalogue.ts', 'src/http/errors/']],
  [
    'Who may call',
    [
      'src/security/',
      'src/kernel/rule.ts',
      'src/kernel/access-settings.ts',
      'src/kernel/attempt.ts',
      'src/kernel/caller.ts',
      'src/kernel/security-event.ts',
      'src/kernel/idempotency-store.ts',
      'src/http/idempotency/',
    ],
  ],
  ['Providers', ['src/kernel/provide']],
  [
    'Replies and representations',
    [
      'src/kernel/media.ts',
      'src/kernel/cookie-options.ts',
      'src/http/reply/',
      'src/http/files/',
      'src/http/represent/',
      'src/http/compress/',
    ],
  ],
  ['Caching', ['src/http/cache/']],
  [
    'Streams and WebSocket',
    ['src/kernel/stream', 'src/kernel/merge.ts', 'src/kernel/topic.ts', 'src/http/stream/', 'src/http/websocket/'],
  ],
  ['Forms and files', ['src/http/forms/', 'src/schema/upload-model.ts']],
  ['The API description', ['src/http/describe/']],
  ['Models', ['src/schema/']],
  ['The client, from `trestle/client`', ['src/client/']],
  ['Tests, from `trestle/testing`', ['src/testing/']],
]

const introduction = `# Reference

Every name that the package exports, from \`trestle\` where nothing else is said, with the first sentence of its comment.
The rest of the comment, with members, problems and an example that a test runs, shows up in your editor when you point at
the name. The [guide](../guide/README.md) says how they work together.

<!-- Made from the comments in src/ by test/docs/reference.test.ts; UPDATE_SNAPSHOT=1 writes it anew. -->
`

/** The page that lists all public names. @throws Error for a name that no part shows */
export function referencePage(names: readonly PublicName[]): string {
  const byPart = Map.groupBy(names, ({ path }) => partOf(path))
  const lost = byPart.get(undefined) ?? []
  if (lost.length > 0) throw new Error(`no part of the page shows ${lost.map(({ name }) => name).join(', ')}`)
  const tables = parts.map(([title]) => table(title, byPart.get(title) ?? []))
  return [introduction, ...tables].join('\n')
}

function table(title: string, names: readonly PublicName[]): string {
  const sorted = names.toSorted((a, b) => compare(a.kind === 'type', b.kind === 'type') || compare(a.name, b.name))
  const rows = sorted.map(({ name, kind, sentence }) => {
    return `| \`${name}\` | ${kind === 'type' ? 'type' : 'value'} | ${sentence.replaceAll('|', '\\|')} |`
  })
  return [`## ${title}`, '', '| Name | Kind | What it is |', '|---|---|---|', ...rows, ''].join('\n')
}

function partOf(path: string): string | undefined {
  const found = parts.flatMap(([title, places]) => {
    return places.filter((place) => path.startsWith(place)).map((place) => ({ title, length: place.length }))
  })
  return found.toSorted((a, b) => b.length - a.length)[0]?.title
}

function compare(a: string | boolean, b: string | boolean): number {
  return a < b ? -1 : a > b ? 1 : 0
}
