import { Problem } from '../../kernel/problem.ts'
import { type Finding, toPointer } from '../../schema/finding.ts'
import type { SourcedMember } from './input-sources.ts'

/** The members that are sent under another name than their own. */
export function renamedMembers(sources: readonly SourcedMember[]): readonly SourcedMember[] {
  return sources.filter(({ name, member }) => name !== member.name)
}

/** A refusal of an input, with findings that point at the names which the client sent: `/employee-no` in the header. */
export function withSentNames(refusal: Problem, renamed: readonly SourcedMember[]): Problem {
  const { code, detail, findings, headers, params, refused, cause } = refusal
  if (renamed.length === 0 || code !== 'invalid_input' || findings === undefined) return refusal
  const named = findings.map((each) => asSent(each, renamed))
  return new Problem(refusal, detail, {
    ...(headers && { headers }),
    ...(params && { params }),
    refused,
    cause,
    findings: named,
  })
}

function asSent(finding: Finding, renamed: readonly SourcedMember[]): Finding {
  for (const { member, in: place, name } of renamed) {
    const own = toPointer([member.name])
    const here = finding.in === place || (finding.in === 'query' && place === 'body')
    if (here && (finding.path === own || finding.path.startsWith(`${own}/`))) {
      return { ...finding, path: toPointer([name]) + finding.path.slice(own.length) }
    }
  }
  return finding
}
