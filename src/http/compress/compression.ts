import { whenReady } from '../../kernel/chain.ts'
import { readDirectives } from '../cache/cache-control.ts'
import { codedTag } from '../conditional/entity-tag.ts'
import type { Content, Exchange, Filter, Outgoing } from '../exchange.ts'
import type { Feature } from '../feature.ts'
import { headerIn, withoutHeaders } from '../reply/header-list.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { addVary } from '../reply/vary.ts'
import { type AcceptedCoding, codingChooser } from './accepted-coding.ts'
import { compressed, compressedParts } from './coder.ts'
import {
  type Coding,
  type CompressOptions,
  type CompressSettings,
  codings,
  compressFaults,
} from './compress-settings.ts'
import { isCompressible, isEventStream } from './compressible.ts'
import { formOf } from './kept-forms.ts'

/** The compression of replies (RFC 9110, 8.4 and 12.5.3). */
export const compression: Feature = {
  faults: ({ channel, service }) => {
    const { compress } = channel.options
    if (typeof compress !== 'object') return []
    return compressFaults(compress).map((fault) => `${channel.address} (${service}) ${fault}`)
  },
  gate: ({ channel }) => compressor(channel.options),
  // Files are served where no channel answers.
  miss: ({ defaults, static: folders }) => (folders === undefined ? undefined : compressor(defaults)),
}

function compressor({ compress = false }: CompressSettings): ((exchange: Exchange) => undefined) | undefined {
  if (compress === false) return undefined
  const options = compress === true ? {} : compress
  const choose = codingChooser(options.encodings ?? [...codings])
  return (exchange) => {
    exchange.filter(compressing(choose(exchange.headers['accept-encoding'] as string | undefined), options))
    return undefined
  }
}

function compressing({ coding, refusesPlain }: AcceptedCoding, options: CompressOptions): Filter {
  const { threshold = 1024, eventStreams = false } = options
  return (outgoing) => {
    const { status, headers, body } = outgoing
    // They stand for a reply that depended on it (RFC 9110, 15.3.7 and 15.4.5).
    if (status === 304 || status === 206) addVary(headers, 'Accept-Encoding')
    if (body === undefined || !mayBeCoded(outgoing, eventStreams)) return outgoing
    if (!refusesPlain && sizeOf(body) < threshold) return outgoing
    addVary(headers, 'Accept-Encoding')
    if (coding === undefined) return outgoing
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
      return coded(outgoing, coding, compressedParts(body, coding))
    }
    return whenReady(
      formOf(body, coding, () => compressed(body, coding)),
      (bytes) => {
        return refusesPlain || bytes.length < sizeOf(body) ? coded(outgoing, coding, bytes) : outgoing
      },
    )
  }
}

/** Parts of a representation, and what is coded already or must not be touched, stay as they are. */
function mayBeCoded({ status, headers }: Outgoing, eventStreams: boolean): boolean {
  if (status === 206 || headerIn(headers, 'content-encoding') !== undefined) return false
  const type = headerIn(headers, 'content-type')
  if (type === undefined || !isCompressible(type) || (!eventStreams && isEventStream(type))) return false
  const control = headerIn(headers, 'cache-control')
  return control === undefined || !readDirectives(control).has('no-transform')
}

/** Of a stream nobody knows the size: it counts as large. */
function sizeOf(body: NonNullable<Content>): number {
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body instanceof Uint8Array ? body.byteLength : Number.POSITIVE_INFINITY
}

const ofPlain: ReadonlySet<string> = new Set(['content-length', 'content-md5', 'content-digest'])

function coded({ status, headers, body: plain }: Outgoing, coding: Coding, body: NonNullable<Content>): Outgoing {
  const changed = withoutHeaders(headers, ofPlain)
  changed.push('Content-Encoding', coding)
  if (typeof plain === 'string' || plain instanceof Uint8Array) {
    changed.push('Content-Length', String(sizeOf(body)))
  }
  const etag = headerIn(changed, 'etag')
  if (etag !== undefined) addHeaders(changed, ['ETag', codedTag(etag, coding)])
  return { status, headers: changed, body }
}
