import { z } from 'zod'

const Listed = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** Values by name; several of one name are a list. */
export const Args = Listed.meta({ id: 'Args', description: 'The query; several values of one name are a list' })

/** A request without its body. */
export const Told = z
  .object({
    args: Args,
    headers: z.record(z.string(), z.string()),
    origin: z.string().meta({ description: 'The address of the client' }),
    url: z.string(),
  })
  .meta({ id: 'Request' })

/** A request with its body. */
export const ToldWhole = Told.extend({
  data: z.string().meta({ description: 'The body, as a `data:` URL where it is no text' }),
  files: Listed,
  form: Listed,
  json: z.unknown().meta({ description: 'The body as JSON; `null` where it is none, or nested too deep' }),
}).meta({ id: 'WholeRequest' })
