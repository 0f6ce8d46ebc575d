import type { ReadOperation } from '../../../openapi/read/read-api.ts'

/** A body: a value to be written as its type says, or a text as it is. */
export type PartsBody =
  | { readonly type: string; readonly value: unknown }
  | { readonly type: string | undefined; readonly text: string }

/** The values of parameters, by name. */
export type Values = Readonly<Record<string, unknown>>

/** The values that a request is made of. */
export interface Parts {
  readonly path: Values
  readonly query: Values
  readonly header: Values
  readonly cookie: Values
  readonly body: PartsBody | undefined
}

/** A place of parameters. */
export type PartPlace = 'path' | 'query' | 'header' | 'cookie'

/** A request that is to be sent, before it is written down. */
export interface TestCase {
  readonly operation: ReadOperation
  readonly parts: Parts
  /** What it is to show, such as `query.limit above its maximum`. */
  readonly what: string
  /** The body is none of its type, which every server has to refuse. */
  readonly isMalformed?: boolean
}

/** Such as `GET /things/{id}`. */
export function operationName({ method, path }: Pick<ReadOperation, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** Headers that HTTP itself gives a meaning, which no schema tells. */
export function isReservedHeader(name: string): boolean {
  return /^(accept|accept-.*|authorization|content-.*|cookie|host|if-.*|range|prefer|connection|expect|te|transfer-encoding|upgrade|origin|date|keep-alive)$/i.test(
    name,
  )
}
