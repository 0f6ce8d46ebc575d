import { type Arbitrary, hash, sample } from 'fast-check'
import type { ReadExample } from '../../../openapi/read/read-api.ts'
import { type AnySchema, resolved, type Schemas } from '../../openapi/schema-parts.ts'
import type { Fit } from '../cases/fit.ts'
import type { Members } from './object-arbitrary.ts'
import { type Generate, schemaArbitraries } from './schema-arbitrary.ts'

/** Values for schemas, the same ones for the same seed. */
export interface Samples {
  /** What generates values, for properties. */
  readonly generate: Generate
  /** A value that fits; nothing where none was found. An example of the document is taken before any other. */
  readonly one: (schema: AnySchema, wish?: Wish) => unknown
}

/** Which value is wanted. */
export interface Wish {
  readonly members?: Members
  readonly examples?: readonly ReadExample[]
  /** Another value for each. */
  readonly salt?: string
  /** Examples are not taken: two of them might be the same. */
  readonly fresh?: boolean
}

const tries = 40

/** Makes values for the schemas of a document. */
export function createSamples(schemas: Schemas, fit: Fit, seed: number): Samples {
  const by: Readonly<Record<Members, Generate>> = {
    sometimes: schemaArbitraries(schemas, 'sometimes'),
    always: schemaArbitraries(schemas, 'always'),
    never: schemaArbitraries(schemas, 'never'),
  }
  const one: Samples['one'] = (schema, { members = 'never', examples = [], salt = '', fresh = false } = {}) => {
    if (!fresh) {
      const known = [...examples.map(({ value }) => value), ...examplesOf(schema, schemas)]
      const found = known.find((value) => fit(schema, value) === 'valid')
      if (found !== undefined) return found
    }
    const found = samplesOf(by[members](schema), seed ^ hash(salt)).filter((value) => fit(schema, value) === 'valid')
    // A short one is easy to read; where values have to differ, the shortest would not.
    return fresh ? (found.find((value) => size(value) > 4) ?? found[0]) : found.sort((a, b) => size(a) - size(b))[0]
  }
  return { generate: by.sometimes, one }
}

/** Values that an arbitrary makes, as many as it can. */
function samplesOf(arbitrary: Arbitrary<unknown>, seed: number): unknown[] {
  const found: unknown[] = []
  for (let round = 0; round < 4 && found.length === 0; round++) {
    try {
      found.push(...sample(arbitrary, { numRuns: tries, seed: seed + round }))
    } catch {
      // No value can be made, or not on this way: the caller says so where nothing is found at all.
    }
  }
  return found
}

function examplesOf(schema: AnySchema, schemas: Schemas): readonly unknown[] {
  const all = resolved(schema, schemas)
  return [
    ...(Array.isArray(all.examples) ? all.examples : []),
    ...('example' in all ? [all.example] : []),
    ...('default' in all ? [all.default] : []),
  ]
}

function size(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0
}
