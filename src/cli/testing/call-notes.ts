import type { Before } from '../../kernel/service.ts'
import type { FinishedReply } from '../../platform/run-options.ts'

/** Remembers which services have worked for each request. */
export interface CallNotes {
  /** A hook of the app: it sees services that others invoke, too. */
  readonly before: Before
  /** It sees those that have refused a call before any hook. */
  readonly onReply: (reply: FinishedReply) => void
  /** The services of a request; none where no service has answered it. */
  readonly servicesOf: (cid: string) => ReadonlySet<string>
}

/** Makes an empty one. */
export function callNotes(): CallNotes {
  const byCall = new Map<string, Set<string>>()
  const note = (cid: string, service: string): void => {
    byCall.set(cid, (byCall.get(cid) ?? new Set()).add(service))
  }
  return {
    before: ({ cid, service }) => note(cid, service),
    onReply: ({ cid, service }) => {
      if (service !== undefined) note(cid, service)
    },
    servicesOf: (cid) => byCall.get(cid) ?? new Set(),
  }
}
