/** What is missing in a printed text of what a document shows of it; a line `...` stands for lines that are left out. */
export function reportDifference(shown: string, report: string): string | undefined {
  const whole = unindented(report)
  let from = 0
  for (const part of unindented(shown).split(/^\.\.\.$/m)) {
    const at = whole.indexOf(part.trim(), from)
    if (at === -1) return `expected\n${part.trim()}\nbut it is\n${report}`
    from = at + part.trim().length
  }
  return undefined
}

function unindented(text: string): string {
  return comparable(text).replaceAll(/^[ \t]+/gm, '')
}

/** A text without what nobody sees, with one duration and one cid for all, which differ from run to run. */
export function comparable(text: string): string {
  return text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\b\d+(?:\.\d+)? m?s\b/g, '0 ms')
    .replaceAll(/\b[0-9a-f]{32}\b/g, 'cid')
    .trim()
}
