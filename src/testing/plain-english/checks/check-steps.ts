import { type Step, step } from '../step.ts'
import type { World } from '../world.ts'
import type { Check, Subject } from './check.ts'

/** What checks are made of: how sentences name it, and how it is found. */
export interface SubjectKind {
  /** The spellings of its name, each with one placeholder: `path {text}`. */
  readonly names: readonly string[]
  readonly find: (world: World, name: string) => Subject
  /** Lines of a scenario that prepare a value, given as JSON, and its name in the check that follows. */
  readonly example: (json: string) => { readonly lines: readonly string[]; readonly name: string }
}

/** The steps that make checks of one kind of subject. */
export function checkSteps({ names, find, example }: SubjectKind, checks: readonly Check[]): readonly Step[] {
  return checks.map(({ phrases, summary, on, says, run }) => {
    const [phrase = '', ...also] = names.flatMap((name) => phrases.map((each) => `${name} ${each}`))
    const { lines, name } = example(on)
    return step<string>({
      phrase,
      also,
      kind: 'check',
      summary,
      example: [...lines, `Then ${name} ${says}`].join('\n'),
      run: (world: World, ...given: readonly unknown[]) => {
        const [text, ...values] = given
        return run(find(world, String(text)), ...(values as never[]))
      },
    })
  })
}
