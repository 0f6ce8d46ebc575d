import { get } from '../http/rest-channel.ts'
import { media } from '../kernel/media.ts'
import { toList } from '../kernel/one-or-many.ts'
import { type Service, service } from '../kernel/service.ts'

/** How to report a weakness of the API (RFC 9116). */
export interface SecurityTxt {
  /** Where to report it: `mailto:`, `https:` or `tel:` URIs, the best first. */
  readonly contact: string | readonly string[]
  /** Until when all this holds, as RFC 3339 has it, such as `2027-06-30T00:00:00Z`; within a year is best. */
  readonly expires: string
  /** Where the key is to encrypt reports with. */
  readonly encryption?: string | readonly string[]
  /** Where reporters are thanked. */
  readonly acknowledgments?: string | readonly string[]
  /** Where the policy for reports is. */
  readonly policy?: string | readonly string[]
  /** Where positions in security are offered. */
  readonly hiring?: string | readonly string[]
  /** Where this text is meant to be found. */
  readonly canonical?: string | readonly string[]
  /** The languages in which to write, such as `en, de`. */
  readonly preferredLanguages?: string
}

/** What an app says to those who find a weakness in it. */
export interface SecurityTxtSettings {
  /** Served at `/.well-known/security.txt` (RFC 9116); nothing is served if it is not given. */
  readonly securityTxt?: SecurityTxt
}

const uris = {
  contact: 'Contact',
  encryption: 'Encryption',
  acknowledgments: 'Acknowledgments',
  policy: 'Policy',
  hiring: 'Hiring',
  canonical: 'Canonical',
} as const

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/

/** The service behind `/.well-known/security.txt`; none where nothing is said. */
export function securityTxtServices({ securityTxt }: SecurityTxtSettings): readonly Service[] {
  if (securityTxt === undefined) return []
  const lines = [
    ...fields(securityTxt).map(([name, value]) => `${name}: ${value}`),
    `Expires: ${securityTxt.expires}`,
    ...(securityTxt.preferredLanguages === undefined ? [] : [`Preferred-Languages: ${securityTxt.preferredLanguages}`]),
  ]
  const text = media(`${lines.join('\n')}\n`, 'text/plain; charset=utf-8')
  return [
    service({
      name: 'trestle.security-txt',
      on: get('/.well-known/security.txt', { hidden: true }),
      handle: () => text,
    }),
  ]
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function securityTxtFaults({ securityTxt }: SecurityTxtSettings, now: Date): readonly string[] {
  if (securityTxt === undefined) return []
  const { expires, preferredLanguages } = securityTxt
  const all = fields(securityTxt)
  return [
    ...(all.some(([name]) => name === 'Contact')
      ? []
      : ['securityTxt has no contact: give an address, such as mailto:']),
    ...all
      .filter(([, value]) => !isUri(value))
      .map(([name, value]) => {
        return `securityTxt: ${name} is '${value}': give a URI that begins with https:, mailto:, tel: or the like`
      }),
    ...expiryFaults(expires, now),
    ...(preferredLanguages === undefined || /^[A-Za-z\d-]+(?:, ?[A-Za-z\d-]+)*$/.test(preferredLanguages)
      ? []
      : [`securityTxt.preferredLanguages is '${preferredLanguages}': give language tags, such as en, de`]),
  ]
}

function expiryFaults(expires: unknown, now: Date): readonly string[] {
  if (typeof expires !== 'string' || !dateTime.test(expires) || Number.isNaN(Date.parse(expires))) {
    return [`securityTxt.expires is '${String(expires)}': give a date and time, such as 2027-06-30T00:00:00Z`]
  }
  if (Date.parse(expires) > now.getTime()) return []
  return [`securityTxt.expires is ${expires}, which has passed: look the text over, and give a later time`]
}

function fields(securityTxt: SecurityTxt): (readonly [name: string, value: string])[] {
  return Object.entries(uris).flatMap(([member, name]) =>
    toList<string>(securityTxt[member as keyof typeof uris]).map((value) => [name, value] as const),
  )
}

/** Web addresses have to be safe ones (RFC 9116, 2.5). */
function isUri(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z\d+.-]*:[!-~]+$/i.test(value) && !/^http:/i.test(value)
}
