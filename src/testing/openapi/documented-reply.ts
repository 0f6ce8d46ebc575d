import type { ReadOperation, ReadReply } from '../../openapi/read/read-api.ts'

/** What the document has for a status: the status itself before its range, and that before the default. */
export function documentedReply({ replies }: ReadOperation, status: number): ReadReply | undefined {
  const range = `${String(status).charAt(0)}XX`
  return [String(status), range, 'default'].flatMap((each) => replies.find((one) => one.status === each) ?? [])[0]
}
