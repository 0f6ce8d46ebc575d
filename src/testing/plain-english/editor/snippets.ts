import type { StepFamily } from '../steps/all-steps.ts'
import { phraseParts } from './phrase-parts.ts'

/** A sentence that an editor offers. */
export interface Completion {
  /** The phrase as it is compared with sentences: a Cucumber expression. */
  readonly phrase: string
  /** As it is offered: words, with placeholders as `"text"`. */
  readonly label: string
  /** In the syntax of VS Code and the Language Server Protocol: `URL path "${1:text}"`. */
  readonly snippet: string
  readonly family: string
  readonly summary: string
}

/** All sentences of the families, older spellings too, for an editor to offer. */
export function completions(families: readonly StepFamily[]): readonly Completion[] {
  return families.flatMap(({ title, steps }) =>
    steps.flatMap(({ phrases, summary }) =>
      phrases.map((phrase) => ({
        phrase,
        label: labelOf(phrase),
        snippet: snippetOf(phrase),
        family: title,
        summary,
      })),
    ),
  )
}

/** The snippets of VS Code: the same sentences, by their labels. */
export function snippetFile(offered: readonly Completion[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    offered.map(({ label, snippet, summary }) => [label, { prefix: label, body: snippet, description: summary }]),
  )
}

function labelOf(phrase: string): string {
  return phraseParts(phrase)
    .map((part) => ('words' in part ? part.words : part.quoted ? `"${part.placeholder}"` : `<${part.placeholder}>`))
    .join('')
}

function snippetOf(phrase: string): string {
  let stop = 0
  return phraseParts(phrase)
    .map((part) => {
      if ('words' in part) return part.words.replaceAll(/[$}\\]/g, '\\$&')
      stop += 1
      const field = `\${${stop}:${part.placeholder}}`
      return part.quoted ? `"${field}"` : field
    })
    .join('')
}
