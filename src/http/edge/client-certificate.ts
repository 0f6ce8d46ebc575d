import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ClientCertificate } from '../../kernel/attempt.ts'
import { alternativeNames, distinguishedName } from './certificate-names.ts'

const shown = new WeakMap<Socket, ClientCertificate>()

/** The certificate that a client has shown on its connection (RFC 8446, 4.4.2), where the app trusts who signed it. */
export function shownOn(socket: Socket): ClientCertificate | undefined {
  const { authorized } = socket as TLSSocket
  if (authorized !== true) return undefined
  const known = shown.get(socket)
  if (known !== undefined) return known
  const read = certificateOf((socket as TLSSocket).getPeerX509Certificate())
  if (read !== undefined) shown.set(socket, read)
  return read
}

/** So many certificates of proxies are remembered: reading one costs more than all else at the edge. */
const remembered = 1_000
const passed = new Map<string, ClientCertificate>()

/**
 * Reads a certificate that a proxy has passed on: as bytes between colons (RFC 9440, 2.1), or in PEM and URL-encoded, as nginx
 * writes it. Undefined for anything else.
 */
export function passedOn(value: string): ClientCertificate | undefined {
  const known = passed.get(value)
  if (known !== undefined) return known
  const read = certificateOf(x509(value))
  if (read === undefined) return undefined
  if (passed.size >= remembered) passed.clear()
  passed.set(value, read)
  return read
}

function x509(value: string): X509Certificate | undefined {
  try {
    const bytes = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1]
    if (bytes !== undefined) return new X509Certificate(Buffer.from(bytes, 'base64'))
    const pem = decodeURIComponent(value)
    return pem.startsWith('-----BEGIN CERTIFICATE-----') ? new X509Certificate(pem) : undefined
  } catch {
    return undefined
  }
}

function certificateOf(certificate: X509Certificate | undefined): ClientCertificate | undefined {
  if (certificate === undefined) return undefined
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName),
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
  }
}
