/** What a comment says of a thing. */
export interface Said {
  readonly lines: readonly (string | undefined)[]
  readonly deprecated?: boolean
}

/** A JSDoc comment with an end of line; nothing where there is nothing to say. */
export function comment({ lines, deprecated = false }: Said, indent: string): string {
  const text = [
    ...wrapped(
      lines.flatMap((each) => each?.split(/\r?\n/) ?? []),
      116 - indent.length,
    ),
    ...(deprecated ? ['@deprecated'] : []),
  ]
  while (text.at(-1) === '') text.pop()
  while (text[0] === '') text.shift()
  const safe = text.map((line) => line.replaceAll('*/', '*\\/'))
  const [only = ''] = safe
  if (safe.length === 0) return ''
  if (safe.length === 1 && indent.length + only.length <= 112) return `${indent}/** ${only} */\n`
  return `${indent}/**\n${safe.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`
}

/** Lines of Markdown of about a width; code, tables and words longer than that stay as they are. */
function wrapped(lines: readonly string[], width: number): readonly string[] {
  let isCode = false
  return lines.flatMap((each) => {
    const line = each.trimEnd()
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode
    if (isCode || line.length <= width || /^(\s*\||\t| {4,}|\s*@)/.test(line)) return [line]
    const [lead = ''] = /^\s*(?:[-*+] |\d+\. |> )?/.exec(line) ?? []
    // What goes on with a list, or a quotation, is written as far in as it began.
    const further = lead.endsWith('> ') ? lead : ' '.repeat(lead.length)
    const rows: string[] = []
    let row = lead
    for (const word of line.slice(lead.length).split(/ +/)) {
      if (row.length + word.length > width && row.trim() !== lead.trim()) {
        rows.push(row.trimEnd())
        row = further
      }
      row += `${word} `
    }
    return [...rows, row.trimEnd()]
  })
}

// That JavaScript has one kind of numbers makes these say nothing.
const numeric: ReadonlySet<unknown> = new Set(['int32', 'int64', 'float', 'double', 'uint32', 'uint64', 'number'])

/** What a schema says that a type cannot, for a comment: its description, format and default. */
export function schemaWords(schema: unknown, withTitle = false): Said {
  if (typeof schema !== 'object' || schema === null) return { lines: [] }
  const {
    title,
    description,
    format,
    default: value,
    deprecated,
    contentEncoding,
  } = schema as Readonly<Record<string, unknown>>
  const said =
    typeof description === 'string' ? description : withTitle && typeof title === 'string' ? title : undefined
  const coding = typeof format === 'string' && !numeric.has(format) ? format : contentEncoding
  const usual = JSON.stringify(value)
  return {
    lines: [
      said,
      typeof coding === 'string' ? `@format ${coding}` : undefined,
      usual === undefined || usual.length > 80 ? undefined : `@default ${usual}`,
    ],
    deprecated: deprecated === true,
  }
}
