import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array<ArrayBuffer>>> = {
  gzip: (bytes) => new Uint8Array(gunzipSync(bytes)),
  'x-gzip': (bytes) => new Uint8Array(gunzipSync(bytes)),
  deflate: (bytes) => new Uint8Array(inflateSync(bytes)),
  br: (bytes) => new Uint8Array(brotliDecompressSync(bytes)),
  zstd: (bytes) => new Uint8Array(zstdDecompressSync(bytes)),
}

/** A body without its content codings, as `fetch` gives it; one that is coded in an unknown way stays as it is. */
export function decodedBody(bytes: Uint8Array<ArrayBuffer>, headers: Headers): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) return bytes
  const codings = (headers.get('content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity')
  const needed = codings.reverse().map((each) => decoders[each])
  return needed.every((decode) => decode !== undefined) ? needed.reduce((rest, decode) => decode(rest), bytes) : bytes
}
