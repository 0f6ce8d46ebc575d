import { createHash, hash } from 'node:crypto'
import type { Caller } from '../../kernel/caller.ts'
import { dependence } from '../cache/dependence.ts'
import type { Exchange } from '../exchange.ts'
import type { Endpoint } from '../feature.ts'

/** Stands for a key of a caller: others cannot ask for what is kept under it. */
export function scopedKey({ definition, username }: Caller, key: string): string {
  return hash('sha256', JSON.stringify([definition, definition && username, key]), 'base64url')
}

/** Tells calls of one caller apart that ask for different things. */
export type Fingerprint = (exchange: Exchange, caller: Caller, body: Uint8Array) => string

/** Compiles it for a channel: address, body, and the headers and cookies that its input is made of. */
export function fingerprint(endpoint: Endpoint): Fingerprint {
  const given = dependence(endpoint, { ttl: 0 })
  return (exchange, caller, body) => {
    const { method, headers, cookies, base, path, query, version } = exchange
    const type = headers['content-type']
    const boundary = boundaryOf(type)
    const parts = [
      ...[method, base, path, query, version, headers['content-encoding']],
      boundary === undefined ? type : String(type).replaceAll(boundary, ''),
      given.headers.map((name) => headers[name]),
      given.cookies.map((name) => cookies[name]),
      // A service may look by itself at who calls: what it answered to one must not go to another.
      caller.definition === undefined ? credentials.map((name) => headers[name]) : undefined,
    ]
    const digest = createHash('sha256').update(JSON.stringify(parts)).update('\n')
    return digest.update(boundary === undefined ? body : without(body, boundary)).digest('base64url')
  }
}

const credentials = ['authorization', 'cookie', 'x-api-key']

/** What separates the parts of a form; it is random, and another one when the same form is sent again. */
function boundaryOf(type: string | string[] | undefined): string | undefined {
  const [, quoted, plain] = /^multipart\/.*;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/is.exec(String(type ?? '')) ?? []
  return quoted ?? plain
}

function without(body: Uint8Array, boundary: string): string {
  return Buffer.from(body).toString('latin1').replaceAll(boundary, '')
}
