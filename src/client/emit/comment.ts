/** What a comment says of a thing. */
export interface Said {
  readonly lines: readonly (string | undefined)[]
  readonly deprecated?: boolean
}

/** A JSDoc comment with an end of line; nothing where there is nothing to say. */
export function comment({ lines, deprecated = false }: Said, indent: string): string {
  const text = [
    ...lines.flatMap((each) => each?.split('\n').map((line) => line.trimEnd()) ?? []),
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
  const coding = typeof format === 'string' ? format : typeof contentEncoding === 'string' ? contentEncoding : undefined
  return {
    lines: [
      said,
      coding === undefined ? undefined : `Format: ${coding}.`,
      value === undefined ? undefined : `@default ${JSON.stringify(value)}`,
    ],
    deprecated: deprecated === true,
  }
}
