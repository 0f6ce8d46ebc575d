import type { Step } from '../../testing/plain-english/step.ts'
import { stepFamilies } from '../../testing/plain-english/steps/all-steps.ts'

/** All steps that features may use, those of the app behind the others, in lines for people. */
export function stepList(own: readonly Step[]): string {
  const families = [...stepFamilies, ...(own.length === 0 ? [] : [{ title: 'Steps of this app', steps: own }])]
  return families
    .map(({ title, steps }) => [title, '', ...steps.flatMap(stepLines)].join('\n'))
    .join('\n')
    .trimEnd()
}

function stepLines({ phrases, summary }: Step): readonly string[] {
  return [...phrases.map((phrase) => `  ${phrase}`), ...(summary === '' ? [] : [`      ${summary}`]), '']
}
