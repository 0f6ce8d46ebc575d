import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TlsOptions } from 'node:tls'

/** How an app serves https. Texts and files are in PEM; files are relative to the app's folder. */
export interface TlsSettings {
  /** The private key of the server. */
  readonly key?: string
  /** A file that holds it. */
  readonly keyFile?: string
  /** The certificate of the server, and behind it those that lead to its root. */
  readonly cert?: string
  /** A file that holds it. */
  readonly certFile?: string
  /** The certificates of those who sign the certificates of clients. */
  readonly ca?: string
  /** A file that holds them. */
  readonly caFile?: string
  /**
   * Whether clients are asked for a certificate: with `require` nobody connects without one that `ca` has signed, with `ask`
   * it is up to `security` whom it lets in. They are not asked if it is not given.
   */
  readonly clientCertificates?: 'ask' | 'require'
}

/** How the server asks for, and shows, certificates; or what is wrong with the settings, as whole sentences. */
export type ReadTls = { readonly options: TlsOptions } | { readonly faults: readonly string[] }

type Part = 'key' | 'cert' | 'ca'

/** Reads the settings of https, with the files that they name. */
export function readTls(settings: TlsSettings, folder: string): ReadTls {
  const { clientCertificates: asks } = settings
  const parts = (['key', 'cert', 'ca'] as const).map((part) => readPart(settings, part, folder))
  const faults = [...parts.flatMap(({ fault }) => fault ?? []), ...askFaults(settings)]
  if (faults.length > 0) return { faults }
  const [key, cert, ca] = parts.map(({ text }) => text)
  const options = { key, cert, ca }
  const fault = contextFault(options)
  if (fault !== undefined) return { faults: [fault] }
  return { options: { ...options, requestCert: asks !== undefined, rejectUnauthorized: asks === 'require' } }
}

function readPart(settings: TlsSettings, part: Part, folder: string): { text?: string; fault?: string } {
  const text = settings[part]
  const file = settings[`${part}File`]
  if (text !== undefined && file !== undefined) return { fault: `tls has ${part} and ${part}File: give it one of them` }
  if (file !== undefined) {
    const path = resolve(folder, file)
    try {
      return { text: readFileSync(path, 'utf8') }
    } catch {
      return { fault: `tls.${part}File is ${path}, which cannot be read: put the file there, or name another` }
    }
  }
  if (text !== undefined) return { text }
  return part === 'ca' ? {} : { fault: `tls has no ${part}: give it '${part}File', or '${part}' as a text in PEM` }
}

function askFaults({ clientCertificates: asks, ca, caFile }: TlsSettings): readonly string[] {
  if (asks === undefined) return []
  if (asks !== 'ask' && asks !== 'require')
    return [`tls.clientCertificates is '${String(asks)}': give 'ask' or 'require', or leave it out`]
  if ((ca ?? caFile) !== undefined) return []
  return [`tls.clientCertificates asks for certificates, but nothing says who signs them: give tls 'caFile' or 'ca'`]
}

function contextFault(options: TlsOptions): string | undefined {
  try {
    process.getBuiltinModule('node:tls').createSecureContext(options)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `tls cannot be used (${reason}): check that key and certificate are in PEM and belong together`
  }
}
