/** A text with examples in it: a Markdown page, or a source file with comments. */
export interface Document {
  /** Its path in the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** A fenced block of code. */
export interface CodeBlock {
  /** What stands behind the opening fence, such as `ts`. */
  readonly language: string
  /** The line of its first line of code in the document, counted from one. */
  readonly line: number
  readonly code: string
  /** Whether nothing but blank lines lies between it and the block before. */
  readonly follows: boolean
}

/** The blocks of a document: those of the whole page, or those of the `/** ... *\/` comments of a source file. */
export function codeBlocks({ path, text }: Document): readonly CodeBlock[] {
  const lines = text.split('\n')
  return fencedBlocks(path.endsWith('.md') ? lines : commentLines(lines))
}

function fencedBlocks(lines: readonly string[]): readonly CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open:
    | { readonly fence: string; readonly indent: number; readonly language: string; readonly at: number }
    | undefined
  let follows = false
  for (const [at, line] of lines.entries()) {
    const [, indent = '', fence, language = ''] = /^(\s*)(`{3,})(.*)$/.exec(line) ?? []
    if (open === undefined) {
      if (fence !== undefined) open = { fence, indent: indent.length, language: language.trim(), at }
      else if (line.trim() !== '') follows = false
    } else if (fence === open.fence && language.trim() === '') {
      const { indent: before, at: start } = open
      const code = lines.slice(start + 1, at).map((each) => each.slice(Math.min(before, each.search(/\S|$/))))
      blocks.push({ language: open.language, line: start + 2, code: code.join('\n'), follows })
      open = undefined
      follows = true
    }
  }
  return blocks
}

/** The same number of lines, with the text of comments in place of everything else. */
function commentLines(lines: readonly string[]): readonly string[] {
  let inside = false
  return lines.map((line) => {
    if (!inside && /^\s*\/\*\*/.test(line)) {
      inside = !line.includes('*/')
      return ''
    }
    if (!inside) return ''
    inside = !line.includes('*/')
    return inside ? line.replace(/^\s*\* ?/, '') : ''
  })
}
