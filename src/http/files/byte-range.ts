/** A part of some content: from one offset up to another, in bytes. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** So many parts are served at the most; a request for more gets the whole. */
const most = 32

const unit = /^bytes=(.*)$/is
const spec = /^(?:(\d+)-(\d*)|-(\d+))$/

/**
 * The parts that a Range header asks for (RFC 9110, 14.1.2), in the order asked for, those beyond the end left out:
 * empty when none is left, which is to be refused. Undefined when the header means nothing here, so that the whole is
 * sent: another unit, a broken list, too many parts, or more bytes than the whole has.
 */
export function byteRanges(header: string, size: number): readonly ByteRange[] | undefined {
  const specs = unit
    .exec(header.trim())?.[1]
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (specs === undefined || specs.length === 0 || specs.length > most || size === 0) return undefined
  const ranges: ByteRange[] = []
  let total = 0
  for (const each of specs) {
    const [, first, last, suffix] = spec.exec(each) ?? []
    if (first === undefined && suffix === undefined) return undefined
    const from = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first)
    const to = last === undefined || last === '' ? size : Math.min(size, Number(last) + 1)
    if (last !== undefined && last !== '' && Number(last) < from) return undefined
    if (from >= size) continue
    ranges.push({ from, to })
    total += to - from
  }
  return ranges.length > 1 && total > size ? undefined : ranges
}

/** The Content-Range of a part (RFC 9110, 14.4). */
export function contentRange({ from, to }: ByteRange, size: number): string {
  return `bytes ${from}-${to - 1}/${size}`
}
