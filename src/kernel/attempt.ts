import type { Caller } from './caller.ts'

/** A certificate that a client has shown (RFC 8446), or that a trusted proxy has passed on (RFC 9440). */
export interface ClientCertificate {
  /** SHA-256 of the certificate, in lower-case hexadecimal digits. */
  readonly fingerprint: string
  /** The subject (RFC 4514), such as `CN=hr,O=Example`. */
  readonly subject: string
  /** The issuer (RFC 4514). */
  readonly issuer: string
  /** Alternative names, such as `DNS:hr.example.com` and `URI:spiffe://example/hr`. */
  readonly names: readonly string[]
  /** Milliseconds since 1970. */
  readonly validFrom: number
  /** Milliseconds since 1970. */
  readonly validTo: number
}

/** A call at the entrance, as far as its channel knows it before the input is read; in words of no protocol. */
export interface Attempt {
  /** The correlation id. */
  readonly cid: string
  /** Such as `GET`; `''` where the channel has none. */
  readonly method: string
  /** As sent; `''` where the channel has none. */
  readonly path: string
  /** The text behind `?`, as sent. */
  readonly query: string
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The cookies by name. */
  readonly cookies: Readonly<Record<string, string>>
  /** The IP address of the client, past all trusted proxies. */
  readonly clientAddress: string | undefined
  /** Scheme and host, such as `https://api.example.com`; `''` where the channel has none. */
  readonly origin: string
  /** What the client has shown to prove itself, where it did. */
  readonly certificate: ClientCertificate | undefined
  /** Who calls, once that is known; before, whom the one vouches for who has handed the call over. */
  caller?: Caller | undefined
  /** Adds a header to the reply, whatever it will be. */
  readonly addHeader: (name: string, value: string) => void
  /** Cuts the connection, without any reply. */
  readonly drop: () => void
}
