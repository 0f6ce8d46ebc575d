import { z } from 'zod'

/** A model for each setting of a type, so that the compiler finds one that is missing. */
export type Members<T> = { readonly [Name in keyof T]-?: z.ZodType }

/** A mapping that has these settings and no others; the message about an unknown key is the list of those that are known. */
export function strict<const Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<z.core.util.Writeable<Shape>, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
}

/** One of several forms; the words say what it has to be where it is none of them. */
export function oneOf<const Forms extends readonly z.core.SomeType[]>(words: string, forms: Forms): z.ZodUnion<Forms> {
  return z.union(forms, { error: `must be ${words}` })
}

/** A text with something in it. */
export const text: z.ZodString = z.string().min(1, { error: 'must not be empty' })

/** A list of texts, or of one. */
export const texts: z.ZodArray<z.ZodString> = z.array(text)

/** A text, or a list of texts. */
export const textOrTexts: z.ZodType<string | string[]> = oneOf('a text, or a list of texts', [text, texts])
