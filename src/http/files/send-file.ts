import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Media, type MediaOptions } from '../../kernel/media.ts'
import { problem } from '../../kernel/problem.ts'
import { contentDisposition } from './content-disposition.ts'
import { fileType } from './file-type.ts'
import { pathInside } from './path-inside.ts'
import { statsAt, storedFile } from './stored-file.ts'

/** How a file is sent. */
export interface FileOptions extends Omit<MediaOptions, 'ranges'> {
  /** The folder that the path is relative to, and which it may not leave, by no link either: give it where a client has a say in the path. */
  readonly root?: string | URL
  /** The media type; by the extension if it is not given. */
  readonly type?: string
  /** Offers the file for download under this name (RFC 6266). */
  readonly name?: string
  /** Leaves it to the client whether it shows the file, also where it has a name. */
  readonly inline?: boolean
  /** How long a client may use it without asking again, in seconds; the headers of the reply say nothing of it if it is not given. */
  readonly maxAge?: number
  /** Says that the file at this address never changes (RFC 8246). */
  readonly immutable?: boolean
}

/**
 * Makes a reply of a file, for a service to return: with its type, size and validators, in parts where they are asked for
 * (RFC 9110, 14), and not at all where the client has it (RFC 9110, 13). The file is looked up when the reply is sent;
 * it is read as fast as the client takes it. One that is not there is the problem `not_found`.
 *
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { createApp, get, sendFile, service } from 'trestle'
 *
 * await writeFile('greeting.txt', 'Hello')
 * const greeting = service({ name: 'greeting', on: get('/greeting'), handle: () => sendFile('greeting.txt') })
 * await using app = createApp({ services: [greeting] })
 * const reply = await app.fetch(new Request('http://localhost/greeting', { headers: { Range: 'bytes=0-3' } }))
 * reply.status // => 206
 * await reply.text() // => 'Hell'
 * ```
 */
export function sendFile(path: string | URL, options: FileOptions = {}): Media {
  const { root, type, headers, status, ...about } = options
  const name = pathOf(path)
  const stored = async () => {
    const file = root === undefined ? resolve(name) : await pathInside(pathOf(root), name)
    const stats = file === undefined ? undefined : await statsAt(file)
    if (file === undefined || stats?.isFile() !== true) throw problem('not_found', 'There is no such file')
    return storedFile(file, stats, type ?? (await fileType(name)))
  }
  return new Media(undefined, type, {
    ...(status !== undefined && { status }),
    headers: { 'X-Content-Type-Options': 'nosniff', ...headersFor(about), ...headers },
    stored,
  })
}

function headersFor({ name, inline, maxAge, immutable }: FileOptions): Readonly<Record<string, string>> {
  const age = immutable === true ? (maxAge ?? year) : maxAge
  return {
    ...(name !== undefined && { 'Content-Disposition': contentDisposition(inline ? 'inline' : 'attachment', name) }),
    ...(age !== undefined && { 'Cache-Control': `max-age=${age}${immutable === true ? ', immutable' : ''}` }),
  }
}

/** The longest that anything is kept, in seconds. */
export const year: number = 31536000

/** The path that a file URL means. */
function pathOf(path: string | URL): string {
  return typeof path === 'string' ? path : fileURLToPath(path)
}
