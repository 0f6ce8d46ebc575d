/** Functions that an emitted file has at its end, if it uses them, by name. */
const conversions: Readonly<Record<string, string>> = {
  fields: `/** The members of an object as fields of a form or a query: what is no text, number or the like is sent as JSON. */
function fields(values: object | null | undefined): Record<string, Field | Field[]> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.map(field) : field(value)]))
}

type Field = string | number | boolean | Date | null | undefined

function field(value: unknown): Field {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value as Field
  return JSON.stringify(value)
}
`,
  joined: `/** A list as one text. */
function joined(values: readonly unknown[] | null | undefined, separator: string): string | undefined {
  return values?.map(String).join(separator)
}
`,
  deep: `/** The members of an object as parameters of the form name[member]. */
function deep(name: string, values: object | null | undefined): Record<string, string> {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([member, value]) => [\`\${name}[\${member}]\`, String(value)]))
}
`,
  json: `/** A value as JSON. */
function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
`,
}

/** The functions that a text of calls uses. */
export function conversionsFor(calls: string): readonly string[] {
  const code = codeOf(calls)
  return Object.entries(conversions).flatMap(([name, text]) => {
    return new RegExp(`(?<![\\w$]\\.)\\b${name}\\(`).test(code) ? [text] : []
  })
}

/** A text of TypeScript without its comments and texts, whose words mean nothing. */
export function codeOf(text: string): string {
  return text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
}

/** Names that these functions and their types take. */
export const conversionNames: readonly string[] = [...Object.keys(conversions), 'Field', 'field']
