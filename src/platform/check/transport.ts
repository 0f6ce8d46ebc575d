import { acceptedBy, type CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

/** Keys in addresses, which logs of proxies and histories of browsers keep. */
export function keysInAddresses({ definitions }: CheckedApp): readonly CheckFinding[] {
  return Object.entries(definitions)
    .filter(([, definition]) => definition.kind === 'apiKey' && definition.in === 'query')
    .map(([name]) => ({
      level: 'warning',
      code: 'key_in_query',
      where: `security.${name}`,
      message: 'Its key is sent in the address, which proxies and browsers keep: take a header, with in: header.',
    }))
}

/** Credentials that would be sent over plain HTTP. */
export function plainHttp(app: CheckedApp): readonly CheckFinding[] {
  const { trustedProxies, tls } = app.settings
  if (trustedProxies !== undefined || tls !== undefined) return []
  const asks = app.channels.some((channel) =>
    acceptedBy(channel, app).some(({ kind }) => kind === 'basic' || kind === 'session'),
  )
  if (!asks) return []
  return [
    {
      level: 'note',
      code: 'plain_http',
      where: 'app',
      message:
        "Passwords or sessions are sent, and neither 'tls' nor 'trustedProxies' is set: see that only https leads here.",
    },
  ]
}

/** Browsers that send credentials from any page; that this is said of '*' keeps the app from starting. */
export function anyOrigin({ channels }: CheckedApp): readonly CheckFinding[] {
  const stranger = 'https://trestle-check.invalid'
  return channels.flatMap(({ where, settings: { cors } }): readonly CheckFinding[] => {
    if (typeof cors !== 'object' || cors.credentials !== true || !Array.isArray(cors.origins)) return []
    const any = cors.origins.some(
      (each: string | RegExp) =>
        each instanceof RegExp && new RegExp(each.source, each.flags.replace(/[gy]/g, '')).test(stranger),
    )
    if (!any) return []
    const message =
      "Pages of any origin may call it with a user's credentials, since a pattern of 'cors' fits all: list the origins."
    return [{ level: 'warning', code: 'any_origin_with_credentials', where, message }]
  })
}
