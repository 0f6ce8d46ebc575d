import { z } from 'zod'

/**
 * The same model with a compiled way for valid values, which is up to ten times as fast; invalid ones still take the
 * other way. A model that cannot be compiled, that another version of Zod made, or in a process that allows no code
 * from text, is given back as it is.
 */
export function compiledZod(schema: z.core.$ZodType): z.core.$ZodType {
  const { major, minor, patch } = schema._zod.version
  const { version } = z.core
  const isOurs = major === version.major && minor === version.minor && patch === version.patch
  if (!isOurs || z.config().jitless === true) return schema
  try {
    return z.compile(schema)
  } catch {
    return schema
  }
}
