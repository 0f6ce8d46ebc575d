import { type Dialect, dialects } from '@cucumber/gherkin'

/** A rule of a TextMate grammar. */
interface Rule {
  readonly name?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly captures?: Readonly<Record<string, { readonly name: string }>>
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>
  readonly patterns?: readonly (Rule | { readonly include: string })[]
}

/** A TextMate grammar of feature files in every language of Gherkin, with the references of values set off. */
export interface Grammar {
  readonly name: string
  readonly scopeName: string
  readonly fileTypes: readonly string[]
  readonly patterns: readonly Rule[]
  readonly repository: Readonly<Record<string, { readonly patterns: readonly Rule[] }>>
}

const blocks = ['feature', 'rule', 'background', 'scenario', 'scenarioOutline', 'examples'] as const
const steps = ['given', 'when', 'then', 'and', 'but'] as const

/** Makes it. */
export function featureGrammar(): Grammar {
  const headings = alternatives(blocks.flatMap((kind) => words(kind)))
  const keywords = alternatives(steps.flatMap((kind) => words(kind)).filter((word) => word.trim() !== '*'))
  return {
    name: 'Feature',
    scopeName: 'text.trestle.feature',
    fileTypes: ['feature'],
    patterns: [
      { name: 'comment.line.number-sign.feature', match: '^\\s*#.*$' },
      { name: 'entity.name.tag.feature', match: '(?<=^|\\s)@[^\\s@]+' },
      {
        match: `^\\s*(${headings})(:)(.*)$`,
        captures: {
          1: { name: 'keyword.control.heading.feature' },
          2: { name: 'punctuation.separator.feature' },
          3: { name: 'entity.name.section.feature' },
        },
      },
      {
        begin: '^\\s*("""|```)(.*)$',
        end: '^\\s*\\1\\s*$',
        name: 'string.quoted.docstring.feature',
        beginCaptures: { 2: { name: 'storage.type.media.feature' } },
        patterns: [{ include: '#references' }],
      },
      {
        begin: '^\\s*(?=\\|)',
        end: '$',
        patterns: [
          { name: 'punctuation.separator.cell.feature', match: '(?<!\\\\)\\|' },
          { include: '#references' },
          { name: 'string.unquoted.cell.feature', match: '(?:[^|\\\\]|\\\\.)' },
        ],
      },
      {
        begin: `^\\s*(\\*\\s|${keywords})`,
        end: '$',
        beginCaptures: { 1: { name: 'keyword.other.step.feature' } },
        patterns: [{ include: '#values' }, { name: 'constant.numeric.feature', match: '\\b\\d+(?:\\.\\d+)?\\b' }],
      },
    ],
    repository: {
      values: {
        patterns: [
          { begin: '"', end: '"', name: 'string.quoted.double.feature', patterns: [{ include: '#references' }] },
          { name: 'variable.parameter.outline.feature', match: '<[^<>\\s][^<>]*>' },
        ],
      },
      references: {
        patterns: [
          { name: 'variable.other.reference.feature', match: '[$@#]\\{[^{}]+\\}' },
          { name: 'variable.other.reference.feature', match: '(?<=")[$@#][A-Za-z_][\\w./-]*(?=")' },
          { name: 'variable.parameter.outline.feature', match: '<[^<>\\s][^<>]*>' },
        ],
      },
    },
  }
}

function words(kind: (typeof blocks)[number] | (typeof steps)[number]): readonly string[] {
  return Object.values(dialects).flatMap((dialect: Dialect) => dialect[kind])
}

/** The longest first, since one may begin with another. */
function alternatives(texts: readonly string[]): string {
  return [...new Set(texts)]
    .sort((one, other) => other.length - one.length || (one < other ? -1 : 1))
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
}
