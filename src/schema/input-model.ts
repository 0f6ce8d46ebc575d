import type { FindingPlace } from './finding.ts'
import { toPointer } from './finding.ts'
import { Invalid } from './invalid.ts'
import { inputJsonSchema } from './json-schema.ts'
import type { JsonSchema, Schema } from './schema.ts'
import { type ReadText, textReader } from './text.ts'

export type UnknownPolicy = 'strict' | 'strip' | 'pass'

export type PlaceOf = (member: string | undefined) => FindingPlace

export interface InputMember {
  readonly name: string
  readonly schema: JsonSchema
  readonly required: boolean
  readonly readText: ReadText
}

export interface InputModel {
  readonly schema: Schema
  readonly json: JsonSchema
  readonly members: ReadonlyMap<string, InputMember> | undefined
  readonly validate: (value: unknown, placeOf: PlaceOf) => unknown
}

export function inputModel(schema: Schema, _options: { readonly unknown: UnknownPolicy }): InputModel {
  const json = inputJsonSchema(schema)
  const members = new Map<string, InputMember>()
  const required = (json.required ?? []) as string[]
  for (const [name, member] of Object.entries((json.properties ?? {}) as Record<string, JsonSchema>))
    members.set(name, {
      name,
      schema: member,
      required: required.includes(name),
      readText: textReader(member, json),
    })
  return {
    schema,
    json,
    members,
    validate: (value, placeOf) => {
      const result = schema['~standard'].validate(value)
      if (result instanceof Promise) throw new Error('later')
      if (result.issues === undefined) return result.value
      return new Invalid(
        result.issues.map((issue) => {
          const keys = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
          return {
            in: placeOf(keys.length === 0 ? undefined : String(keys[0])),
            path: toPointer(keys),
            code: 'invalid',
            message: issue.message,
          }
        }),
      )
    },
  }
}
