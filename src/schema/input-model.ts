import { checkOf } from './check.ts'
import type { FindingPlace } from './finding.ts'
import { findingsOf } from './findings.ts'
import { type InputMember, inputMembers } from './input-member.ts'
import { Invalid } from './invalid.ts'
import { type Check, type Issue, Rejected } from './issue.ts'
import { inputJsonSchema } from './json-schema.ts'
import { once } from './once.ts'
import { restricts } from './restriction.ts'
import type { JsonSchema, Schema } from './schema.ts'
import type { Shape } from './shape.ts'
import { shapeOf } from './shape-of.ts'
import { findUndeclared } from './undeclared.ts'
import { passOn, strip } from './unknown-member.ts'

/**
 * What becomes of members that a model does not declare, where it does not say so itself: `strict` refuses each of
 * them, `strip` drops them, `pass` hands them through.
 */
export type UnknownPolicy = 'strict' | 'strip' | 'pass'

/** Where a top-level member of an input came from; of undefined, where the input as a whole came from. */
export type PlaceOf = (member: string | undefined) => FindingPlace

export type { InputMember } from './input-member.ts'

/** A model as an input: what it declares, and how a value is validated. */
export interface InputModel {
  readonly schema: Schema
  /** The JSON Schema 2020-12 of what a caller gives. */
  readonly json: JsonSchema
  /** The top-level members in declared order; undefined when the input is no object, so that it is the whole body. */
  readonly members: ReadonlyMap<string, InputMember> | undefined
  /** The validated value, or an {@link Invalid}; a promise of either only when the model waits. */
  readonly validate: (value: unknown, placeOf: PlaceOf) => unknown
}

/** How a policy is carried out: on what is given, beside the check, and on what the check made of it. */
interface Policy {
  readonly prepare?: (given: unknown) => unknown
  readonly complain?: (given: unknown) => readonly Issue[]
  readonly finish?: (given: unknown, made: unknown) => unknown
}

/** Libraries whose objects drop undeclared members themselves. */
const strippers: ReadonlySet<string> = new Set(['zod', 'valibot'])

/**
 * Compiles a model into an input.
 *
 * @throws SchemaError when the model is none, or takes what JSON cannot carry.
 * @example
 * const input = inputModel(z.object({ no: z.int() }), { unknown: 'strip' })
 * input.validate({ no: 1, more: 2 }, () => 'body') // { no: 1 }
 * input.validate({}, () => 'query') // Invalid: [{ in: 'query', path: '/no', code: 'missing', message: 'is required' }]
 */
export function inputModel(schema: Schema, options: { readonly unknown: UnknownPolicy }): InputModel {
  const json = inputJsonSchema(schema)
  // Most inputs never need it, and building it for each takes time at start-up.
  const shape = once(() => shapeOf(json))
  const refuse = (given: unknown, issues: readonly Issue[], placeOf: PlaceOf): Invalid =>
    new Invalid(findingsOf(issues, { json, shape: shape(), value: given, placeOf }), { json, value: given, placeOf })
  const policy = restricts(json) ? policyOf(options.unknown, shape, schema['~standard'].vendor) : undefined
  const validate =
    policy === undefined ? plainly(checkOf(schema), refuse) : underPolicy(checkOf(schema), policy, refuse)
  return {
    schema,
    json,
    members: inputMembers(json),
    validate: (value, placeOf) => {
      try {
        return validate(value, placeOf)
      } catch (error) {
        if (!isOverflow(error)) throw error
        return new Invalid([{ in: placeOf(undefined), path: '', code: 'invalid', message: 'is nested too deeply' }])
      }
    },
  }
}

type Validate = InputModel['validate']
type Refuse = (given: unknown, issues: readonly Issue[], placeOf: PlaceOf) => Invalid

function plainly(check: Check, refuse: Refuse): Validate {
  return (given, placeOf) => {
    const made = check(given)
    if (made instanceof Rejected) return refuse(given, made.issues, placeOf)
    if (!(made instanceof Promise)) return made
    return made.then((settled) => (settled instanceof Rejected ? refuse(given, settled.issues, placeOf) : settled))
  }
}

function underPolicy(check: Check, { prepare, complain, finish }: Policy, refuse: Refuse): Validate {
  const conclude = (given: unknown, made: unknown, extra: readonly Issue[], placeOf: PlaceOf): unknown => {
    if (made instanceof Rejected) return refuse(given, [...made.issues, ...extra], placeOf)
    if (extra.length > 0) return refuse(given, extra, placeOf)
    return finish === undefined ? made : finish(given, made)
  }
  return (value, placeOf) => {
    const given = prepare === undefined ? value : prepare(value)
    const extra = complain === undefined ? none : complain(given)
    const made = check(given)
    if (!(made instanceof Promise)) return conclude(given, made, extra, placeOf)
    return made.then((settled) => conclude(given, settled, extra, placeOf))
  }
}

/** A model that recurs in itself goes as deep as the value does, so that a hostile one can use up the stack. */
function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded'
}

const none: readonly Issue[] = []

function policyOf(unknown: UnknownPolicy, shape: () => Shape, vendor: string): Policy | undefined {
  if (unknown === 'strict') {
    return {
      complain: (given) => {
        const paths = findUndeclared(shape(), given)
        return paths.length === 0 ? none : paths.map(unrecognized)
      },
    }
  }
  const strips = strippers.has(vendor)
  if (unknown === 'strip') return strips ? undefined : { prepare: (given) => strip(shape(), given, () => false) }
  if (strips) return { finish: (given, made) => passOn(shape(), given, made) }
  return { prepare: (given) => strip(shape(), given, (name) => name !== '__proto__') }
}

function unrecognized(keys: readonly PropertyKey[]): Issue {
  return { keys, code: 'unrecognized_key', message: 'is not known here', own: false }
}
