import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

const maxOutputLength = 256 * 1024 * 1024

const decoders: Readonly<Record<string, readonly ((body: Uint8Array) => Uint8Array)[]>> = {
  gzip: [(body) => gunzipSync(body, { maxOutputLength })],
  'x-gzip': [(body) => gunzipSync(body, { maxOutputLength })],
  // Some servers send what the name says without what RFC 9110 says around it.
  deflate: [(body) => inflateSync(body, { maxOutputLength }), (body) => inflateRawSync(body, { maxOutputLength })],
  br: [(body) => brotliDecompressSync(body, { maxOutputLength })],
  zstd: [(body) => zstdDecompressSync(body, { maxOutputLength })],
}

/**
 * A body without its content codings. Many clients, `fetch` among them, decode a body and keep the header: what cannot be
 * decoded is taken for decoded.
 */
export function decodedBody(body: Uint8Array, encoding: string | null): Uint8Array {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
  return codings.reduceRight((left, coding) => decodedOnce(left, decoders[coding] ?? []), body)
}

function decodedOnce(body: Uint8Array, ways: readonly ((body: Uint8Array) => Uint8Array)[]): Uint8Array {
  for (const decode of ways) {
    try {
      return decode(body)
    } catch {
      // The next way, or as it is.
    }
  }
  return body
}
