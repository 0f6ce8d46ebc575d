import type { ErrorObject } from 'ajv'

const most = 20

/** The errors of Ajv as parts of sentences, each with its JSON Pointer: `at /name: expected a text, found 5`. */
export function schemaFaults(errors: readonly ErrorObject[], value: unknown): readonly string[] {
  const faults = [...new Set(withoutBranches(errors).map((error) => faultOf(error, errors, value)))]
  return faults.length > most ? [...faults.slice(0, most), `and ${faults.length - most} faults more`] : faults
}

/** The errors but those of alternatives: that no alternative fits is said once. */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const hidden = new Set<ErrorObject>()
  errors.forEach((error, index) => {
    if (error.keyword === 'if') hidden.add(error)
    if (!isChoice(error)) return
    for (const each of branchErrors(errors, index)) hidden.add(each)
  })
  return errors.filter((each) => !hidden.has(each))
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf'
}

/** What the alternatives of a choice say: the errors before its own that are of the same value or inside it. */
function branchErrors(errors: readonly ErrorObject[], index: number): readonly ErrorObject[] {
  const choice = errors[index]
  if (choice === undefined) return []
  const around = choice.schemaPath.slice(0, -choice.keyword.length)
  return errors.slice(0, index).filter(({ instancePath, schemaPath }) => {
    if (instancePath !== choice.instancePath && !instancePath.startsWith(`${choice.instancePath}/`)) return false
    return schemaPath.startsWith(`${choice.schemaPath}/`) || !schemaPath.startsWith(around)
  })
}

function faultOf(error: ErrorObject, errors: readonly ErrorObject[], whole: unknown): string {
  const { instancePath, keyword, data = whole } = error
  const place = instancePath === '' ? 'at the root' : `at ${instancePath}`
  if (keyword === 'required') return `${place}: expected the member "${error.params.missingProperty}", found none`
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    const name = String(error.params.additionalProperty ?? error.params.unevaluatedProperty)
    return `${place}: the member "${name}" is not described`
  }
  if (keyword === 'false schema') return `${place}: expected nothing, found ${shown(data)}`
  if (!isChoice(error)) return `${place}: expected ${expectation(error)}, found ${shown(data)}`
  const count = Array.isArray(error.schema) ? error.schema.length : 0
  const passing = error.params.passingSchemas
  if (Array.isArray(passing))
    return `${place}: expected one of ${count} alternatives, but ${passing.length} fit ${shown(data)}`
  const nearest = branchErrors(errors, errors.indexOf(error))
    .filter((each) => !isChoice(each))
    .toSorted((one, other) => other.instancePath.length - one.instancePath.length)[0]
  const hint = nearest === undefined ? '' : ` (nearest: ${faultOf(nearest, [], whole)})`
  return `${place}: expected one of ${count} alternatives, found ${shown(data)}${hint}`
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const expectations: Readonly<Record<string, (value: unknown, params: ErrorObject['params']) => string>> = {
  type: (value) =>
    [value]
      .flat()
      .map((each) => kinds[String(each)] ?? String(each))
      .join(' or '),
  enum: (value) => `one of ${shown(value)}`,
  const: (value) => shown(value),
  minimum: (value) => `${value} or more`,
  maximum: (value) => `${value} or less`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  minLength: (value) => `a text of ${value} characters or more`,
  maxLength: (value) => `a text of ${value} characters at most`,
  pattern: (value) => `a text that matches ${value}`,
  format: (value) => `a text of the format ${value}`,
  minItems: (value) => `${value} items or more`,
  maxItems: (value) => `${value} items at most`,
  uniqueItems: (_, { i, j }) => `different items, and not ${j} and ${i} the same`,
  minProperties: (value) => `${value} members or more`,
  maxProperties: (value) => `${value} members at most`,
}

function expectation({ keyword, schema, params, message = 'another value' }: ErrorObject): string {
  return expectations[keyword]?.(schema, params) ?? `what its schema says (${message})`
}

/** A value in few words. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 97)}...` : text
}
