import type { StoredContent } from '../../kernel/media.ts'
import { wantedCodings } from '../compress/accepted-coding.ts'
import type { Coding } from '../compress/compress-settings.ts'
import type { Exchange } from '../exchange.ts'
import type { Mount } from './mount.ts'
import { fileAt } from './mounted-file.ts'

/** How the files of content codings end, the smallest first. */
const extensions = { br: '.br', zstd: '.zst', gzip: '.gz' } as const satisfies Record<Coding, string>
const codings = Object.keys(extensions) as Coding[]

/** The smaller twin of a file that lies beside it, in a coding that the client wants at least as much as none. */
export async function precompressed(
  exchange: Exchange,
  mount: Mount,
  path: string,
): Promise<{ readonly coding: Coding; readonly content: StoredContent } | undefined> {
  for (const coding of wantedCodings(exchange.headers['accept-encoding'], codings).wanted) {
    const twin = await fileAt(mount, path + extensions[coding])
    if (twin !== undefined) return { coding, content: twin.content }
  }
  return undefined
}
