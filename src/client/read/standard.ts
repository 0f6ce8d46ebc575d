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

/** The value as the schema makes it. @throws what `fault` makes of what the schema finds wrong */
export async function checkedBy<Output>(
  schema: StandardSchema<Output>,
  value: unknown,
  fault: (what: string, issues: readonly StandardIssue[]) => Error,
): Promise<Output> {
  const checked = await schema['~standard'].validate(value)
  if (checked.issues === undefined) return checked.value
  throw fault(`does not fit the schema: ${issuesText(checked.issues)}`, checked.issues)
}

function issuesText(issues: readonly StandardIssue[]): string {
  const texts = issues.map(({ message, path = [] }) => {
    const at = path.map((each) => String(typeof each === 'object' ? each.key : each)).join('.')
    return at === '' ? message : `${at}: ${message}`
  })
  return texts.join('; ')
}
