import { z } from 'zod'

/** A time as models of the admin services write it. */
export function time(): z.ZodISODateTime {
  return z.iso.datetime({ offset: true }).describe('RFC 3339, such as 2026-11-20T14:30:00Z')
}
