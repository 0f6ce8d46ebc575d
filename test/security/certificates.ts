import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { required } from '../machine.ts'

/** A key and a certificate, in PEM. */
export interface Pair {
  readonly key: string
  readonly cert: string
}

/** Makes certificates with openssl. */
export interface Certificates {
  readonly folder: string
  /** The certificate of the one who signs the others. */
  readonly ca: string
  /** Makes a certificate; `by` is `self` for one that is signed by nobody else. */
  readonly make: (name: string, subject: string, options?: CertificateOptions) => Pair
  readonly remove: () => void
}

export interface CertificateOptions {
  /** Such as `DNS:hr.example.com,URI:spiffe://example/hr`. */
  readonly names?: string
  readonly by?: 'ca' | 'self'
}

/** The path of an installed openssl; with CI=true it is an error that there is none. */
export function openssl(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = folders.map((folder) => join(folder, 'openssl')).find(existsSync)
  return required('openssl', installed, 'install it (apt-get install openssl)')
}

/** Makes a folder of certificates, which `remove` takes away. */
export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'trestle-certificates-'))
  const run = (...args: readonly string[]): void => {
    execFileSync(openssl() ?? 'openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  run('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/O=Example/CN=CA', '-days', '30')
  return {
    folder,
    ca: read('ca.pem'),
    make: (name, subject, { names, by = 'ca' } = {}) => {
      const signer = by === 'ca' ? ['-CA', 'ca.pem', '-CAkey', 'ca.key'] : []
      const more = names === undefined ? [] : ['-addext', `subjectAltName=${names}`]
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
      const usual = ['-addext', 'basicConstraints=critical,CA:FALSE', '-utf8', '-days', '30']
      run('req', '-x509', ...newKey, ...signer, ...files, '-subj', subject, ...usual, ...more)
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
