import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'

/**
 * A model: any Standard Schema (https://standardschema.dev) that also carries JSON Schema. Zod 4 and ArkType do so
 * by themselves, Valibot through `toStandardJsonSchema`, plain JSON Schema through {@link jsonSchema}.
 */
export interface Schema<Input = unknown, Output = Input> {
  readonly '~standard': StandardSchemaV1.Props<Input, Output> & StandardJSONSchemaV1.Props<Input, Output>
}

interface Typed {
  readonly '~standard': { readonly types?: { readonly input: unknown; readonly output: unknown } | undefined }
}

/** What a caller gives: the type before defaults and transforms. */
export type InferInput<S> = S extends Typed ? NonNullable<S['~standard']['types']>['input'] : undefined

/** What the service sees: the type after defaults and transforms. */
export type InferOutput<S> = S extends Typed ? NonNullable<S['~standard']['types']>['output'] : undefined

/** A JSON Schema 2020-12 object schema, as data. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}
