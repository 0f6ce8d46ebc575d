import type { Step } from '../step.ts'
import type { StepFamily } from '../steps/all-steps.ts'

/** The page of all steps, in Markdown. */
export function stepReference(families: readonly StepFamily[]): string {
  const parts = families.map(({ title, steps }) => [`## ${title}`, '', ...steps.flatMap(stepLines)].join('\n'))
  const contents = families.map(({ title }) => `[${title}](#${anchor(title)})`).join(' · ')
  return `${intro}\n${contents}\n\n${parts.join('\n')}`
}

const intro = `# All steps

Made from the table of steps; a test runs each example. The keyword in front (\`Given\`, \`When\`, \`Then\`, \`And\`, \`But\`, \`*\`) plays no
part in finding a step. \`{text}\` and \`{value}\` stand for a text between quotes in which \`$NAME\` (environment), \`@name\` (variables)
and \`#name\` (stored values) are filled in; \`{name}\` is taken as it is.
`

function stepLines({ phrases, summary, example }: Step): readonly string[] {
  const [first = '', ...others] = phrases
  const also = others.length === 0 ? [] : [`Also: ${others.map(code).join(', ')}.`, '']
  const shown =
    example === ''
      ? []
      : [
          '```gherkin',
          ...example
            .trim()
            .split('\n')
            .map((line) => line.trim()),
          '```',
          '',
        ]
  return [`### ${code(first)}`, '', summary, '', ...also, ...shown]
}

/** As it is written in a feature, so without the escapes of expressions. */
function code(phrase: string): string {
  return `\`${phrase.replaceAll(/\\([(){}/\\])/g, '$1')}\``
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}
