/** What Node says of bytes that are no request it can read. */
interface ParseError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
  /** How much of the packet was read before the fault, in bytes. */
  readonly bytesParsed?: number
}

const requestLine = /^([!#$%&'*+.^_`|~\w-]{1,64}) \S+ HTTP\/1\.[01]\r?$/

/** The method of a sound request line whose method Node does not know; undefined for any other fault. */
export function unknownMethod({ code, rawPacket, bytesParsed = 0 }: ParseError): string | undefined {
  if (code !== 'HPE_INVALID_METHOD' || rawPacket === undefined) return undefined
  const start = bytesParsed === 0 ? 0 : rawPacket.lastIndexOf(10, bytesParsed - 1) + 1
  const end = rawPacket.indexOf(10, start)
  return end === -1 ? undefined : requestLine.exec(rawPacket.toString('latin1', start, end))?.[1]
}
