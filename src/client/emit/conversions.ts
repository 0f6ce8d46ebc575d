/** Functions that an emitted file has at its end, if it uses them, by name. */
const conversions: Readonly<Record<string, string>> = {
  fields: `/** The members of an object as fields of a form or a query. */
function fields(values: object | null | undefined): Record<string, Field | Field[]> {
  const entries = Object.entries(values ?? {})
  return Object.fromEntries(entries.map(([name, each]) => [name, Array.isArray(each) ? each.map(field) : field(each)]))
}
`,
  joined: `/** A list as one text. */
function joined(values: readonly unknown[] | null | undefined, separator: string): string | undefined {
  return values?.map(String).join(separator)
}
`,
  deepFields: `/** The members of an object as fields of a form, those of objects and lists inside by names like name[member]. */
function deepFields(values: object | null | undefined): Record<string, Field> {
  return Object.assign({}, ...Object.entries(values ?? {}).map(([name, value]) => deep(name, value)))
}
`,
  deep: `/** A value as a field; the members of an object or a list as fields by names like name[member]. */
function deep(name: string, value: unknown): Record<string, Field> {
  if (typeof value !== 'object' || value === null || value instanceof Date) return { [name]: field(value) }
  return Object.assign({}, ...Object.entries(value).map(([member, each]) => deep(\`\${name}[\${member}]\`, each)))
}
`,
  field: `type Field = string | number | boolean | Date | null | undefined

/** A value as a field: what is no text, number or the like is sent as JSON. */
function field(value: unknown): Field {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value as Field
  return JSON.stringify(value)
}
`,
  json: `/** A value as JSON. */
function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
`,
  withData: `/** A reply of server-sent events, whose data is JSON. */
export interface EventsReply<Data>
  extends Omit<ReplyPromise, 'json' | 'events' | keyof Promise<unknown>>,
    Promise<Reply> {
  /** The server-sent events of the body as they come. */
  events(options?: EventsOptions<Data>): AsyncIterableIterator<ServerSentEvent<Data>>
}

/** Has the data of events read as JSON, and taken for what the API description says. */
function withData<Data>(reply: ReplyPromise): EventsReply<Data> {
  const schema = { '~standard': { validate: (value: unknown) => ({ value: value as Data }) } }
  const { events } = reply
  return Object.assign(reply, { events: (options?: EventsOptions<Data>) => events<Data>({ schema, ...options }) })
}
`,
}

/** The functions that a text of calls uses. */
export function conversionsFor(calls: string): readonly string[] {
  let code = codeOf(calls)
  const used = new Set<string>()
  // A function that is used may use one that stands behind it.
  for (const [name, text] of Object.entries(conversions)) {
    if (!new RegExp(`(?<![\\w$]\\.)\\b${name}\\b[<(]|map\\(${name}\\)`).test(code)) continue
    used.add(text)
    code += text
  }
  return [...used]
}

/** A text of TypeScript without its comments and texts, whose words mean nothing. */
export function codeOf(text: string): string {
  return text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
}

/** Names that these functions and their types take. */
export const conversionNames: readonly string[] = [
  ...Object.keys(conversions),
  'Field',
  'EventsReply',
  'Failure',
  'FailureOf',
  'isFailure',
]
