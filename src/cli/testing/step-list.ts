import type { Step } from '../../testing/plain-english/step.ts'
import type { StepFamily } from '../../testing/plain-english/steps/all-steps.ts'

/** Steps in lines for people. */
export function stepList(families: readonly StepFamily[]): string {
  return families
    .map(({ title, steps }) => [title, '', ...steps.flatMap(stepLines)].join('\n'))
    .join('\n')
    .trimEnd()
}

function stepLines({ phrases, summary }: Step): readonly string[] {
  return [...phrases.map((phrase) => `  ${phrase}`), ...(summary === '' ? [] : [`      ${summary}`]), '']
}
