import type { OperationParameter } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import type { OpenApiParameter } from './openapi-document.ts'

/** Describes a parameter; what its schema says about it as a whole moves up to it, where tools look first. */
export function openApiParameter(
  { name, in: place, required, style, explode, ...own }: OperationParameter,
  published: JsonSchema,
): OpenApiParameter {
  const { description, deprecated, examples, ...schema } = published
  const said = own.description ?? description
  return {
    name,
    in: place,
    ...(typeof said === 'string' && { description: said }),
    ...(required && { required }),
    ...((own.deprecated ?? deprecated) === true && { deprecated: true }),
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    schema,
    ...(own.examples === undefined ? Array.isArray(examples) && shown(examples) : { examples: own.examples }),
  }
}

function shown(examples: readonly unknown[]): Pick<OpenApiParameter, 'example' | 'examples'> {
  if (examples.length < 2) return examples.length === 0 ? {} : { example: examples[0] }
  return { examples: Object.fromEntries(examples.map((value, index) => [`example${index + 1}`, { value }])) }
}
