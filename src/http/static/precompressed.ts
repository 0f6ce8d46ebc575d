import type { StoredContent } from '../../kernel/media.ts'
import type { Exchange } from '../exchange.ts'
import type { Mount } from './mount.ts'
import { fileAt } from './mounted-file.ts'
import { weightsIn } from './weights.ts'

/** Content codings, the smallest first, and how their files end. */
const codings: readonly (readonly [coding: string, extension: string])[] = [
  ['br', '.br'],
  ['zstd', '.zst'],
  ['gzip', '.gz'],
]

/** The smaller twin of a file that lies beside it, in a coding that the client wants at least as much as none. */
export async function precompressed(
  exchange: Exchange,
  mount: Mount,
  path: string,
): Promise<{ readonly coding: string; readonly content: StoredContent } | undefined> {
  const weights = weightsIn(exchange.headers['accept-encoding'])
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0
  const wanted = codings
    .filter(([coding]) => weightOf(coding) > 0 && weightOf(coding) >= (weights.get('identity') ?? 0))
    .sort(([a], [b]) => weightOf(b) - weightOf(a))
  for (const [coding, extension] of wanted) {
    const twin = await fileAt(mount, path + extension)
    if (twin !== undefined) return { coding, content: twin.content }
  }
  return undefined
}
