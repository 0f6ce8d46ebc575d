/**
 * A model that cannot serve: it is no Standard Schema, carries no JSON Schema, or declares what JSON cannot carry.
 * The message is one sentence that names the member, where it is known, and the way out. An app tells of it at its start,
 * as one of the reasons of a {@link StartupError}.
 *
 * ```ts
 * const late = service({ name: 'late', input: z.object({ at: z.date() }), handle: () => {} })
 * createApp({ services: [late] }) // throws StartupError: late: The input member '/at' is a date, but JSON has no dates
 * new SchemaError('The model carries no JSON Schema.').name // => 'SchemaError'
 * ```
 */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}
