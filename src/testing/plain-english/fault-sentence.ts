/** What the parser's names for lines mean to somebody who writes features. */
const lines: Readonly<Record<string, string>> = {
  '#FeatureLine': "'Feature:'",
  '#RuleLine': "'Rule:'",
  '#BackgroundLine': "'Background:'",
  '#ScenarioLine': "'Scenario:'",
  '#ExamplesLine': "'Examples:'",
  '#StepLine': 'a step (Given, When, Then, And, But or *)',
  '#TableRow': 'a row of a table',
  '#DocStringSeparator': 'a text between lines of """',
  '#TagLine': 'tags',
  '#EOF': 'the end of the file',
}

/** The sentence of the parser for people: without its place, and with words for its names. */
export function faultSentence(message: string): string {
  const bare = message.replace(/^\(\d+:\d+\): /, '')
  const unexpected = /^(?:unexpected end of file, )?expected: (.*?)(?:, got '(.*)')?$/s.exec(bare)
  const [, expected, found] = unexpected ?? []
  if (expected === undefined) return bare
  const allowed = expected.split(', ').flatMap((name) => lines[name] ?? [])
  const words = allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}` : allowed.join('')
  return found === undefined
    ? `The file ends too early: here belongs ${words}`
    : `'${found}' does not fit here: here belongs ${words}`
}
