import { jsonSchema } from '../../../schema/plain-json-schema.ts'
import { expect } from '../expectation.ts'
import { pointerOf } from '../paths/json-pointer.ts'
import { givenFile } from '../values/given-file.ts'
import { givenJson, parsedJson } from '../values/given-json.ts'
import { jsonText } from '../values/json-text.ts'
import { type Check, check, type Subject } from './check.ts'
import { docString } from './equality.ts'

/** Checks against JSON Schema. */
export const schemaChecks: readonly Check[] = [
  check({
    phrase: 'matches the schema {text}',
    summary: 'It is valid by the JSON Schema of a file, in the folder `json/schema` or beside the feature.',
    on: '{"name": "John Doe", "department": "HR"}',
    says: 'matches the schema "employee.schema.json"',
    run: async (subject, file) => {
      const text = await givenFile(subject.world, file, ['json/schema', 'json/response'], '.json')
      expectValid(subject, parsedJson(text, `The schema of the file '${file}'`), ` '${file}'`)
    },
  }),
  check({
    phrase: 'matches the schema',
    summary: 'It is valid by the JSON Schema of the doc string.',
    on: '{"id": 7}',
    says: 'matches the schema\n  """\n  {"type": "object", "required": ["id"]}\n  """',
    run: (subject) => expectValid(subject, givenJson(subject.world, docString(subject)), ''),
  }),
]

/** Validators know no bigints: whether a number is in range does not hang on its last digits. */
function plain(value: unknown): unknown {
  return JSON.parse(jsonText(value) ?? 'null')
}

function expectValid({ name, value }: Subject, schema: unknown, which: string): void {
  if (typeof schema !== 'object' || schema === null) throw new Error(`The schema${which} is no object`)
  const result = jsonSchema(schema as Parameters<typeof jsonSchema>[0])['~standard'].validate(plain(value))
  if (result instanceof Promise) throw new Error(`The schema${which} is asynchronous, which no check can wait for`)
  const faults = (result.issues ?? []).map(({ path = [], message }) => {
    const place = pointerOf(path.map((key) => String(typeof key === 'object' ? key.key : key)))
    return place === '' ? message : `${place}: ${message}`
  })
  expect(faults.length === 0, `${name} does not match the schema${which}: ${faults.join('; ')}`)
}
