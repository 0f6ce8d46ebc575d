/** Where the offending value came from: a part of the request, or `input` for a call made in process. */
export type FindingPlace = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'input'

/** The closed list of finding codes; whatever validator found it, a finding carries one of these. */
export type FindingCode =
  | 'missing'
  | 'invalid_type'
  | 'invalid_value'
  | 'invalid_format'
  | 'too_small'
  | 'too_big'
  | 'not_multiple_of'
  | 'unrecognized_key'
  | 'repeated'
  | 'invalid'

/** One thing that is wrong with an input. `path` is a JSON Pointer (RFC 6901) below `in`, `''` for the whole. */
export interface Finding {
  /** The part of the request that holds the value. */
  readonly in: FindingPlace
  /** Where the value is, such as `/address/city`. */
  readonly path: string
  /** What programs go by. */
  readonly code: FindingCode
  /** The end of a sentence about the value, for people: `must be an integer`. */
  readonly message: string
}

/** Writes a path of keys and indexes as a JSON Pointer (RFC 6901). */
export function toPointer(keys: readonly PropertyKey[]): string {
  let pointer = ''
  for (const key of keys) pointer += `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
  return pointer
}
