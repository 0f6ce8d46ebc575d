import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { get, media, service } from 'trestle'
import { request } from '../request.ts'

const codings = {
  gzip: { coding: 'gzip', word: 'gzipped', encode: gzipSync },
  deflate: { coding: 'deflate', word: 'deflated', encode: deflateSync },
  brotli: { coding: 'br', word: 'brotli', encode: brotliCompressSync },
} as const

/** A service whose replies are always encoded, whatever the client accepts. */
function encoded(name: keyof typeof codings) {
  const { coding, word, encode } = codings[name]
  return service({
    summary: `Answer in ${name}`,
    tags: ['Encodings'],
    use: { request },
    on: get(`/${name}`, { produces: ['application/json'] }),
    handle: ({ request: { headers, method, origin } }) => {
      const text = JSON.stringify({ [word]: true, headers, method, origin })
      return media(encode(text), 'application/json', { headers: { 'Content-Encoding': coding } })
    },
  })
}

export const gzip = encoded('gzip')
export const deflate = encoded('deflate')
export const brotli = encoded('brotli')
