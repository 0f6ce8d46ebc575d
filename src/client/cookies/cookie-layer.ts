import type { Layer } from '../layer.ts'
import { withHeader } from '../with-header.ts'
import type { CookieJar } from './jar.ts'

/** Sends the cookies of a jar, and keeps those that are set; it belongs inside of what follows redirects. */
export function cookieLayer(jar: CookieJar): Layer {
  return async (request, next) => {
    const own = request.headers.get('cookie') ?? ''
    const names = new Set(own.split(/;\s*/).map((pair) => pair.split('=')[0]))
    const kept = jar
      .header(request.url)
      .split('; ')
      .filter((pair) => pair !== '' && !names.has(pair.split('=')[0]))
    const header = [...(own === '' ? [] : [own]), ...kept].join('; ')
    const reply = await next(header === own ? request : withHeader(request, 'cookie', header))
    for (const cookie of reply.headers.getSetCookie()) jar.set(request.url, cookie)
    return reply
  }
}
