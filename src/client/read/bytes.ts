/** A reply whose body can be read in parts: a `Response`, or a reply of a client. */
export type StreamedReply =
  | Response
  | {
      readonly status: number
      readonly headers: Headers
      readonly stream: () => ReadableStream<Uint8Array>
      readonly discard: () => Promise<void>
    }

/** What can be read in parts: a reply, or the body of one. */
export type Source = StreamedReply | ReadableStream<Uint8Array>

/**
 * The bytes of a body as they come. Who stops early, or fails, lets go of the connection.
 *
 * @throws TypeError when it was read already
 */
export async function* bytes(source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = 'stream' in source ? source.stream() : 'body' in source ? source.body : source
  if (stream === null) return
  // Not `for await` over the stream, which some browsers do not have.
  const reader = stream.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    // At the end, and after an error, there is nothing left to cancel.
    await reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

/** The text of a body as it comes, in UTF-8: no character is split, and what is no UTF-8 is U+FFFD. */
export async function* texts(source: Source): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  for await (const part of bytes(source)) {
    const text = decoder.decode(part, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
