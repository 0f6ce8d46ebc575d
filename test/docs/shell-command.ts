/** One command of a shell block. */
export interface ShellCommand {
  readonly line: number
  readonly words: readonly string[]
  /** Variables that stand before it. */
  readonly env: Readonly<Record<string, string>>
  /** The comment behind it. */
  readonly comment: string | undefined
}

/** The commands of a shell block: words in quotes, variables, comments, and lines that go on behind a backslash. */
export function shellCommands(code: string, firstLine: number): readonly ShellCommand[] {
  const commands: ShellCommand[] = []
  let line = firstLine
  for (const text of code.split(/(?<!\\)\n/)) {
    const { words, comment } = wordsOf(text.replaceAll('\\\n', ' '))
    const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word))
    const assignments = words.slice(0, first === -1 ? words.length : first).map((word) => word.split(/=(.*)/s))
    const env = Object.fromEntries(assignments.map(([name = '', value = '']) => [name, value]))
    for (const part of commandsOf(words.slice(Math.max(first, 0)))) commands.push({ line, words: part, env, comment })
    line += text.split('\n').length
  }
  return commands
}

/** The commands of a line, which `&&` stands between. */
function commandsOf(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const word of words) {
    if (word === '&&') parts.push([])
    else if (word !== '&') parts.at(-1)?.push(word)
  }
  return parts.filter((part) => part.length > 0)
}

function wordsOf(text: string): { words: string[]; comment: string | undefined } {
  const words: string[] = []
  let end = 0
  const pattern = /\s+|#.*$|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/gy
  for (const match of text.matchAll(pattern)) {
    end = match.index + match[0].length
    if (match[0].startsWith('#')) return { words, comment: match[0].slice(1).trim() }
    if (match[1] !== undefined) words.push(unquoted(match[1]))
  }
  if (end < text.length) throw new Error(`the doctest cannot read ${text.slice(end)}: keep quoted text on one line`)
  return { words, comment: undefined }
}

function unquoted(word: string): string {
  return word.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, plain?: string) => {
      return single ?? double?.replaceAll(/\\(["\\$])/g, '$1') ?? plain ?? ''
    },
  )
}
