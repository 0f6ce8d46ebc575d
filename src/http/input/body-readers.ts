import { formReader } from '../forms/form-reader.ts'
import { multipartReader } from '../forms/multipart-reader.ts'
import { rawReader } from '../forms/raw-reader.ts'
import type { Parser } from '../represent/parser.ts'
import type { BodyFormat } from '../represent/representation-settings.ts'
import type { BodyReader } from './body-reader.ts'
import { jsonReader } from './json-reader.ts'
import { ownReader } from './own-reader.ts'
import { textReader } from './text-reader.ts'
import { xmlReader } from './xml-reader.ts'
import { yamlReader } from './yaml-reader.ts'

/** The ways to read bodies, by name. */
export const bodyReaders: Readonly<Partial<Record<BodyFormat, BodyReader>>> = {
  bytes: rawReader,
  form: formReader,
  json: jsonReader,
  multipart: multipartReader,
  text: textReader,
  xml: xmlReader,
  yaml: yamlReader,
}

const json: readonly BodyReader[] = [jsonReader]

/** The readers of what a channel consumes, in its order; those that do not exist are left out. */
export function readersOf(consumes: readonly (BodyFormat | Parser)[] | undefined): readonly BodyReader[] {
  if (consumes === undefined) return json
  return consumes.flatMap((each) => (typeof each === 'string' ? (bodyReaders[each] ?? []) : ownReader(each)))
}
