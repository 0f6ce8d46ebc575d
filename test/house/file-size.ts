import type { SourceTree } from './source-tree.ts'

const HARD_LIMIT = 600
const MEDIAN = 120
const SHARES = [
  { lines: 400, share: 0.95 },
  { lines: 200, share: 0.8 },
]

/** Every way in which the sizes of the sources break the budget; the longest files are named first. */
export function sizeFaults(tree: SourceTree): readonly string[] {
  const sizes = [...tree]
    .map(([file, source]) => ({ file, lines: lineCount(source) }))
    .sort((a, b) => b.lines - a.lines || a.file.localeCompare(b.file))
  if (sizes.length === 0) return []

  const faults = sizes
    .filter(({ lines }) => lines > HARD_LIMIT)
    .map(({ file, lines }) => `src/${file} has ${lines} lines, over the limit of ${HARD_LIMIT}: split it by idea`)

  for (const { lines: limit, share } of SHARES) {
    const over = sizes.filter(({ lines }) => lines > limit)
    if (over.length <= sizes.length * (1 - share)) continue
    const names = over.map(({ file, lines }) => `src/${file} (${lines})`).join(', ')
    faults.push(
      `Only ${percent(1 - over.length / sizes.length)} of the files have ${limit} lines or fewer, not ${percent(share)}: split some of ${names}`,
    )
  }

  const median = sizes[Math.floor(sizes.length / 2)]?.lines ?? 0
  if (median > MEDIAN) faults.push(`The median file has ${median} lines, over ${MEDIAN}: split files by idea`)
  return faults
}

function lineCount(source: string): number {
  const lines = source.split('\n').length
  return source.endsWith('\n') ? lines - 1 : lines
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`
}
