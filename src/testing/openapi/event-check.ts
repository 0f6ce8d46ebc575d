import type { ReadContent } from '../../openapi/read/read-api.ts'
import { isSchema } from '../../schema/subschemas.ts'
import type { SchemaCheck } from './schema-check.ts'

type Schema = NonNullable<ReadContent['itemSchema']>
type Event = Readonly<Record<string, string | number>>

/** What is wrong with server-sent events: OpenAPI describes each as an object with its fields. */
export function eventFaults(text: string, itemSchema: Schema, check: SchemaCheck): readonly string[] {
  return eventsIn(text).flatMap((event, index) => {
    const faults = [...check(itemSchema, event), ...dataFaults(event, itemSchema, check)]
    return faults.map((fault) => `does not match in event ${index + 1} ${fault}`)
  })
}

/** The events of a stream; one without data is none, and what is cut off neither. */
function eventsIn(text: string): readonly Event[] {
  const blocks = text.replaceAll(/\r\n?/g, '\n').split('\n\n').slice(0, -1)
  return blocks.flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith(':'))
    const fields = lines.map((line): readonly [string, string] => {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
      return [name, value]
    })
    const byName = Map.groupBy(fields, ([name]) => name)
    const event = [...byName].map(([name, each]): readonly [string, string | number] => {
      const whole = each.map(([, value]) => value).join('\n')
      return [name, name === 'retry' ? Number(whole) : whole]
    })
    return byName.has('data') ? [Object.fromEntries(event)] : []
  })
}

/** What is wrong with data that is JSON, which JSON Schema itself does not look into. */
function dataFaults({ data }: Event, itemSchema: Schema, check: SchemaCheck): readonly string[] {
  const { properties } = isSchema(itemSchema) ? itemSchema : {}
  const { data: schema } = isSchema(properties) ? properties : {}
  const { contentSchema } = isSchema(schema) ? schema : {}
  if (!isSchema(contentSchema)) return []
  try {
    return check(contentSchema, JSON.parse(String(data))).map((fault) => `in its data ${fault}`)
  } catch {
    return [`in its data, which is no JSON: ${String(data).slice(0, 100)}`]
  }
}
