import { isCatalogueCode } from '../../kernel/problem-kind.ts'
import { problemPages } from '../../kernel/problem-schema.ts'

/** Says the `type` of a problem by its code (RFC 9457, 3.1.1); `prefix` is what a proxy or a mount put before paths. */
export type ProblemType = (code: string, prefix?: string) => string

/** Where the pages of the codes are. */
export interface ProblemPages {
  /**
   * The address that the codes are put behind in the `type` of problems, such as `https://errors.example.com/`. If it is
   * not given, it is that of the pages which the app serves, below the first of `servers` if there are any; with
   * `docs: false` there are no pages, and the type is `about:blank`.
   */
  readonly problemTypes?: string
  readonly servers?: readonly string[] | undefined
  readonly docs?: boolean
}

/** Compiles where the page of a code is; `about:blank` where it has none. */
export function problemTypeOf(
  { problemTypes, servers, docs = true }: ProblemPages = {},
  own: readonly string[] = [],
): ProblemType {
  if (problemTypes !== undefined) return (code) => problemTypes + encodeURIComponent(code)
  if (!docs) return () => 'about:blank'
  const base = servers?.[0]?.replace(/\/+$/, '')
  const known = new Set(own)
  return (code, prefix = '') =>
    isCatalogueCode(code) || known.has(code)
      ? (base ?? prefix) + problemPages + encodeURIComponent(code)
      : 'about:blank'
}
