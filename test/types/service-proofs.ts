// What the compiler says of services, checked by `tsc` as part of the repository: where it must refuse, the line says
// so with @ts-expect-error; where it must infer, `proves` says what. Nothing here runs.
import { type InferOutput, jsonSchema, media, notFound, type Schema, type Service, service } from 'trestle'
import { z } from 'zod'
import { type Equal, proves } from './equal.ts'

const Id = z.object({ id: z.int() })
const Order = z.object({ status: z.enum(['open', 'paid']), note: z.string().nullable(), count: z.int().default(1) })

// Input and output.

export const inferred = service({
  input: Order,
  output: Order,
  handle: ({ input }) => {
    // The handler sees the input as it is after validation: a default is there.
    proves<Equal<typeof input, { status: 'open' | 'paid'; note: string | null; count: number }>>(true)
    return input
  },
})

// A caller gives the input as it is before validation: a default may be left out.
proves<
  Equal<
    typeof inferred,
    Service<
      { status: 'open' | 'paid'; note: string | null; count?: number | undefined },
      { status: 'open' | 'paid'; note: string | null; count: number }
    >
  >
>(true)

export const withoutInput = service({
  handle: ({ input }) => {
    proves<Equal<typeof input, undefined>>(true)
  },
})
proves<Equal<typeof withoutInput, Service<undefined, undefined>>>(true)

export const transformed = service({
  input: z.object({ at: z.iso.datetime().transform((text) => new Date(text)) }),
  handle: ({ input }) => {
    proves<Equal<typeof input.at, Date>>(true)
  },
})

export const plainSchema = service({
  input: jsonSchema<{ id: number }>({ type: 'object' }),
  handle: ({ input }) => {
    proves<Equal<typeof input, { id: number }>>(true)
  },
})

export const literals = service({ output: Order, handle: () => ({ status: 'open', note: null, count: 1 }) })

export const literalsLater = service({
  output: Order,
  handle: async () => ({ status: 'open', note: null, count: 1 }),
})

export const listOfLiterals = service({
  output: z.array(Order),
  handle: () => [{ status: 'open', note: null, count: 1 }],
})

export const literalInBlock = service({
  output: z.object({ order: Order }),
  handle: () => {
    return { order: { status: 'open', note: null, count: 1 } }
  },
})

export const literalForLiteral = service({ output: z.literal(5), handle: () => 5 })

declare const something: unknown
export const unknownOutput = service({ output: z.unknown(), handle: () => something })
export const unknownLater = service({ output: z.unknown(), handle: async () => something })
export const nothingUnknown = service({ output: z.unknown(), handle: () => {} })
export const untypedOutput = service({ output: jsonSchema({}), handle: () => something })
export const ofInterface = service({ output: z.custom<Error>(), handle: () => new Error('a') })

// A function may make services of any model.
export const echo = <M extends Schema>(model: M, value: InferOutput<M>): Service =>
  service({ input: model, output: z.unknown(), handle: () => value })

export const raising = service({
  input: Id,
  output: z.string(),
  handle: ({ input }) => new Map([[1, 'one']]).get(input.id) ?? notFound(`No ${input.id}`),
})

export const onlyRaising = service({ output: Order, handle: () => notFound() })

// After a raise the compiler knows that what was missing is there.
export function narrowed(name: string | undefined): string {
  if (name === undefined) notFound()
  return name
}

export const page = service({ handle: () => media('<h1>Hi</h1>', 'text/html') })

// A union with `Media` would cost mistakes in outputs their messages.
export const pageOrId = service({
  output: Id,
  handle: ({ http }) => (http ? (media('1', 'text/csv') as never) : { id: 1 }),
})

// What is not declared may be returned: it is left out.
export const more = service({ output: Id, handle: () => ({ id: 1, secret: 's' }) })

// @ts-expect-error: the value of a member has the wrong type
export const wrongOutput = service({ output: Id, handle: () => ({ id: 'one' }) })

// @ts-expect-error: so has the value that a promise brings
export const wrongOutputLater = service({ output: Id, handle: async () => ({ id: 'one' }) })

// @ts-expect-error: 'sent' is none of the values of the enum
export const wrongLiteral = service({ output: Order, handle: () => ({ status: 'sent', note: null, count: 1 }) })

// @ts-expect-error: a member is missing
export const missingMember = service({ output: Order, handle: () => ({ status: 'open', note: null }) })

export const undefinedForNull = service({
  output: Order,
  // @ts-expect-error: null is not undefined
  handle: () => ({ status: 'open', note: undefined, count: 1 }),
})

// @ts-expect-error: nothing is returned
export const missingOutput = service({ output: Id, handle: () => {} })

// @ts-expect-error: a value is returned, but no output is declared
export const undeclaredOutput = service({ handle: () => 5 })

// @ts-expect-error: so it is here, later
export const undeclaredOutputLater = service({ handle: async () => ({ id: 1 }) })

// @ts-expect-error: a model is needed, not the shape of one
export const noModel = service({ input: { id: z.int() }, handle: () => {} })

// @ts-expect-error: there is no service without a handler
export const noHandler = service({ input: Id })

export const unknownMember = service({
  input: Id,
  // @ts-expect-error: the input has no such member
  handle: ({ input }) => void input.name,
})

// Settings.

export const settings = service({ unknown: 'strict', throws: ['not_found', 'conflict'], handle: () => {} })

// @ts-expect-error: there is no such policy
export const wrongPolicy = service({ unknown: 'refuse', handle: () => {} })

// @ts-expect-error: the catalogue has no such code
export const wrongCode = service({ throws: ['not-found'], handle: () => {} })

// @ts-expect-error: 'sumary' is no setting
export const misspelled = service({ sumary: 'Reads', handle: () => {} })

// @ts-expect-error: neither is it one of a base
export const misspelledBase = service.with({ tag: ['A'] })
