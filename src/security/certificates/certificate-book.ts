import type { ClientCertificate } from '../../kernel/attempt.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ActiveDefinition } from '../definitions/active-definition.ts'
import type { Definition, MutualTlsDefinition } from '../definitions/definition.ts'

/** Finds the definition to which a certificate belongs: by fingerprint, then by subject, then by alternative name. */
export type FindByCertificate = (
  certificate: ClientCertificate | undefined,
  definitions: readonly ActiveDefinition[],
) => ActiveDefinition | undefined

/** Makes what finds definitions by certificates; one that is not valid at the moment belongs to none. */
export function certificateBook(clock: Clock): FindByCertificate {
  // The same list comes with each call until definitions change.
  const indexes = new WeakMap<readonly ActiveDefinition[], ReadonlyMap<string, ActiveDefinition>>()
  return (certificate, definitions) => {
    if (certificate === undefined) return undefined
    const now = clock.now().getTime()
    if (now < certificate.validFrom || now > certificate.validTo) return undefined
    const index = indexes.get(definitions) ?? indexOf(definitions)
    indexes.set(definitions, index)
    const { fingerprint, subject, names } = certificate
    const byName = (): ActiveDefinition | undefined => {
      const name = names.find((each) => index.has(nameKey(each)))
      return name === undefined ? undefined : index.get(nameKey(name))
    }
    return index.get(fingerprintKey(fingerprint)) ?? index.get(subjectKey(subject)) ?? byName()
  }
}

/** What is wrong with a definition of certificates, as whole sentences that say how to mend it. */
export function certificateFaults(name: string, definition: Definition): readonly string[] {
  if (definition.kind !== 'mutualTls') return []
  const { fingerprints = [], subjects = [], names = [] } = definition
  if (fingerprints.length + subjects.length + names.length === 0)
    return [`security.${name} names no certificate: give it 'fingerprints', 'subjects' or 'names'`]
  return [
    ...fingerprints
      .filter((each) => !/^[0-9a-f]{64}$/.test(plainFingerprint(each)))
      .map((each) => `security.${name} has the fingerprint '${each}': give the 64 hexadecimal digits of SHA-256`),
    ...subjects
      .filter((each) => !each.includes('='))
      .map((each) => `security.${name} has the subject '${each}': give one such as CN=hr,O=Example`),
    ...names
      .filter((each) => !/^(?:DNS|URI|email|IP):./.test(each))
      .map((each) => `security.${name} has the name '${each}': give its kind, too, such as DNS:hr.example.com`),
  ]
}

function indexOf(definitions: readonly ActiveDefinition[]): ReadonlyMap<string, ActiveDefinition> {
  const index = new Map<string, ActiveDefinition>()
  for (const each of definitions) {
    if (each.definition.kind !== 'mutualTls') continue
    for (const key of keysOf(each.definition)) if (!index.has(key)) index.set(key, each)
  }
  return index
}

function keysOf({ fingerprints = [], subjects = [], names = [] }: MutualTlsDefinition): readonly string[] {
  return [
    ...fingerprints.map(fingerprintKey),
    ...subjects.filter((each) => each !== '').map(subjectKey),
    ...names.map(nameKey),
  ]
}

function fingerprintKey(fingerprint: string): string {
  return `sha256 ${plainFingerprint(fingerprint)}`
}

function plainFingerprint(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase()
}

function subjectKey(subject: string): string {
  return `subject ${subject}`
}

/** Case does not count in host names (RFC 4343). */
function nameKey(name: string): string {
  return `name ${name.startsWith('DNS:') ? name.toLowerCase() : name}`
}
