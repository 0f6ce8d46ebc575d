import type { ProblemKind } from '../kernel/problem.ts'
import { type GuideEntry, problemGuide } from '../kernel/problem-guide.ts'
import { isCatalogueCode } from '../kernel/problem-kind.ts'
import { problemPages } from '../kernel/problem-schema.ts'

/** What there is to say of a kind of problem; of one of the app's own only its help. */
export function guideOf({ code }: ProblemKind): GuideEntry | undefined {
  return isCatalogueCode(code) ? problemGuide[code] : undefined
}

/** The body of a problem as a client may get it, where an API does not say otherwise. */
export function problemExample(kind: ProblemKind): object {
  const { code, title, status } = kind
  const { detail, sent } = guideOf(kind) ?? {}
  return {
    type: problemPages + code,
    title,
    status,
    ...(detail !== undefined && { detail }),
    code,
    cid: '5f0c954ed2744a5a9ad7d2d3b6d3e1f0',
    ...(sent?.findings !== undefined && { errors: sent.findings }),
  }
}
