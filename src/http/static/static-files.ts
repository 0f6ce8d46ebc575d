import { join } from 'node:path'
import { problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import type { Feature, Passed } from '../feature.ts'
import { year } from '../files/send-file.ts'
import { sendStored } from '../files/send-stored.ts'
import { untilSteady } from '../files/stored-file.ts'
import { redirectTo } from '../reply/redirect-to.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { addVary } from '../reply/vary.ts'
import { readQualities } from '../represent/qualities.ts'
import { fileSegments } from './file-segments.ts'
import { type Mount, mountFaults, mountsOf } from './mount.ts'
import { fileAt, findAt, type MountedFile } from './mounted-file.ts'
import { precompressed } from './precompressed.ts'

const allow = 'GET, HEAD, OPTIONS'

/** Serves the folders of `static`, on paths that no channel answers, whatever the method. */
export const staticFiles: Feature = {
  faults: (_route, { static: folders }) => (folders === undefined ? [] : mountFaults({ static: folders })),
  miss: ({ static: folders, table }) => {
    if (folders === undefined) return undefined
    const mounts = mountsOf({ static: folders })
    return (exchange) => {
      const { path } = exchange
      const mount = mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
      return mount === undefined || table().allowed(path).length > 0
        ? undefined
        : untilSteady(() => serve(exchange, mount))
    }
  },
}

async function serve(exchange: Exchange, mount: Mount): Promise<Awaited<Passed>> {
  const { path, method } = exchange
  const names = fileSegments(path.slice(mount.prefix.length), mount.dotfiles ?? 'deny')
  if (names === undefined) return undefined
  const slash = path.endsWith('/')
  const found = await findAt(mount, join('.', ...names))
  if (found === undefined || (found.kind === 'file' && slash)) {
    const page = mount.spa !== undefined && wantsPage(exchange, names.at(-1)) && (await fileAt(mount, mount.spa))
    return page ? sendFile(exchange, mount, page, true) : undefined
  }
  if (method === 'OPTIONS') {
    await exchange.reply(204, ['Allow', allow, 'X-Correlation-ID', exchange.cid], undefined)
    return 'answered'
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw problem('method_not_allowed', `${path} answers ${allow}`, { headers: { Allow: allow } })
  }
  if (found.kind === 'folder' && !slash) return await redirectTo(exchange, 308, asFolder(exchange))
  return sendFile(exchange, mount, found.file, false)
}

/** The address with a slash behind it, relative to itself: nobody has to know what stands in front of it. */
function asFolder({ path, query }: Exchange): string {
  return `./${path.slice(path.lastIndexOf('/') + 1)}/${query === '' ? '' : `?${query}`}`
}

async function sendFile(exchange: Exchange, mount: Mount, file: MountedFile, fallback: boolean): Promise<'answered'> {
  const twin = mount.precompressed === false ? undefined : await precompressed(exchange, mount, file.path)
  const headers = ['Cache-Control', cacheControl(mount, file, fallback), 'X-Content-Type-Options', 'nosniff']
  if (mount.precompressed !== false) addVary(headers, 'Accept-Encoding')
  // Whoever does not ask for a page gets the 404 here.
  if (fallback) addVary(headers, 'Accept')
  if (twin !== undefined) headers.push('Content-Encoding', twin.coding)
  addHeaders(headers, Object.entries(mount.headers ?? {}).flat())
  await sendStored(exchange, { ...(twin ?? file).content, type: file.content.type }, 200, headers)
  return 'answered'
}

function cacheControl({ immutable, maxAge, spa }: Mount, { path }: MountedFile, fallback: boolean): string {
  // The page names the other files, so that with an old one a client would miss them.
  if (fallback || path === spa) return 'no-cache'
  if (immutable !== undefined && path.search(immutable) !== -1) return `public, max-age=${year}, immutable`
  return maxAge === undefined ? 'no-cache' : `public, max-age=${maxAge}`
}

/** Whether a single-page app has the answer: somebody navigates to what is no file by its name. */
function wantsPage({ method, headers }: Exchange, name: string = ''): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || name.includes('.')) return false
  const weights = readQualities(headers.accept)
  return (weights.get('text/html') ?? weights.get('application/xhtml+xml') ?? 0) > 0
}
