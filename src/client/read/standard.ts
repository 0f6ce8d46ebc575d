/** A schema of any library that speaks Standard Schema, such as Zod, Valibot or ArkType. */
export interface StandardSchema<Output = unknown> {
  /** The part that all libraries have. */
  readonly '~standard': {
    readonly validate: (value: unknown) => Checked<Output> | Promise<Checked<Output>>
  }
}

type Checked<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** One thing that a schema finds wrong. */
export interface StandardIssue {
  /** What is wrong, in words. */
  readonly message: string
  /** Where it is wrong, from the outside in. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a schema finds wrong, in one line. */
export function issuesText(issues: readonly StandardIssue[]): string {
  const texts = issues.map(({ message, path = [] }) => {
    const at = path.map((each) => String(typeof each === 'object' ? each.key : each)).join('.')
    return at === '' ? message : `${at}: ${message}`
  })
  return texts.join('; ')
}
