import type { OpenApiHeader, OpenApiReference } from './openapi-document.ts'

type Headers = Readonly<Record<string, OpenApiHeader | OpenApiReference>>

/** Headers that operations share, by name. */
export const sharedHeaders: Readonly<Record<string, OpenApiHeader>> = {
  'X-Correlation-ID': {
    description: 'The correlation id of the call, the same in logs and problems',
    schema: { type: 'string' },
  },
}

/** The one header that every reply has. */
export const correlationId: Headers = headersOf(['X-Correlation-ID'])

/** Describes the headers of a reply; the content already says its type. */
export function headersOf(names: readonly string[]): Headers {
  const described = names.filter((name) => name.toLowerCase() !== 'content-type')
  return Object.fromEntries(
    described.map((name) => [
      name,
      Object.hasOwn(sharedHeaders, name) ? { $ref: `#/components/headers/${name}` } : { schema: { type: 'string' } },
    ]),
  )
}
