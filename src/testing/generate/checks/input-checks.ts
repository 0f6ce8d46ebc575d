import { type Check, isSuccess, type Seen } from './check.ts'

/** Checks of what a server takes and what it refuses. */
export const inputChecks: readonly Check[] = [
  {
    name: 'bad_input_refused',
    means: 'What the schemas do not allow is refused with a status of 4xx.',
    why: 'Wrong data ends up in the database, and the mistake shows when somebody reads it.',
    standard: 'RFC 9110 section 15.5',
    find: (seen) =>
      seen.verdict === 'invalid' && !seen.isProbe && isSuccess(seen)
        ? `answered ${seen.reply.status}, but the description does not allow the request (${seen.test.what}); refuse it with 400 or 422, or describe that it is allowed`
        : undefined,
  },
  {
    name: 'malformed_refused',
    means: 'A body that is none of its media type, or of another one, is refused with a status of 4xx.',
    why: 'Half of a request is taken for all of it.',
    standard: 'RFC 9110 sections 15.5.1 and 15.5.16',
    find: (seen) =>
      seen.isMalformed && isSuccess(seen)
        ? `answered ${seen.reply.status} to ${seen.test.what}; refuse it with 400 or 415`
        : undefined,
  },
  {
    name: 'good_input_accepted',
    means: 'What the schemas allow is not refused as invalid.',
    why: 'Clients that keep to the description fail.',
    standard: 'OpenAPI, Parameter Object and Request Body Object',
    find: (seen, { own }) =>
      seen.verdict === 'valid' && !seen.isMalformed && !seen.isProbe && isRefusedAsInvalid(seen, own)
        ? `answered ${seen.reply.status}, but the description allows the request (${seen.test.what}); take it, or describe what is wrong with it`
        : undefined,
  },
]

/** 400 may be what an operation says of its own accord, as it is always in an app of Trestle. */
function isRefusedAsInvalid({ reply, hasAccepted }: Seen, own: boolean): boolean {
  return reply.status === 415 || reply.status === 422 || (reply.status === 400 && hasAccepted && !own)
}
