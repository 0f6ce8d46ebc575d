/**
 * A model that cannot serve: it is no Standard Schema, carries no JSON Schema, or declares what JSON cannot carry.
 * The message is one sentence that names the member, where it is known, and the way out. Thrown at start-up only.
 */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}
