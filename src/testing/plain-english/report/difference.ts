import { jsonText } from '../values/json-text.ts'

/** One line of a difference: in both, only expected (`-`), or only found (`+`). */
export interface DifferenceLine {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Comparing more lines than this pairwise would take seconds; nobody reads so much either. */
const mostLines = 2000

/**
 * What tells two values apart, line by line, members in the order of their names; nothing when one line says it all
 * already. Equal lines far from a difference are left out.
 */
export function difference(expected: unknown, found: unknown): readonly DifferenceLine[] {
  const [one, other] = [linesOf(expected), linesOf(found)]
  if (one.length <= 1 && other.length <= 1) return []
  if (one.length > mostLines || other.length > mostLines) return []
  const lines = compared(one, other)
  return lines.every(({ sign }) => sign === ' ') ? [] : nearDifferences(lines)
}

/** A value as a report shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value instanceof RegExp || typeof value === 'function') return String(value)
  return jsonText(value, sorted) ?? String(value)
}

function linesOf(value: unknown): readonly string[] {
  if (value === undefined) return ['nothing']
  if (typeof value === 'string') return value.split('\n')
  return (jsonText(value, sorted, 2) ?? String(value)).split('\n')
}

/** Members by name, so that their order is no difference. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The lines of both, by their longest common subsequence. */
function compared(one: readonly string[], other: readonly string[]): DifferenceLine[] {
  const width = other.length + 1
  const common = new Uint32Array((one.length + 1) * width)
  const at = (row: number, column: number): number => common[row * width + column] ?? 0
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      common[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: DifferenceLine[] = []
  let [row, column] = [0, 0]
  while (row < one.length || column < other.length) {
    const [left, right] = [one[row], other[column]]
    if (left !== undefined && left === right) {
      lines.push({ sign: ' ', text: left })
      row++
      column++
    } else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: '-', text: left })
      row++
    } else {
      lines.push({ sign: '+', text: right ?? '' })
      column++
    }
  }
  return lines
}

const context = 3

function nearDifferences(lines: readonly DifferenceLine[]): readonly DifferenceLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' '),
  )
  // A single line that is left out would take no less room as dots.
  const kept = near.map((each, index) => each || ((near[index - 1] ?? true) && (near[index + 1] ?? true)))
  return lines.flatMap((line, index) => {
    if (kept[index]) return [line]
    return (kept[index - 1] ?? true) ? [{ sign: ' ', text: '...' } as const] : []
  })
}
