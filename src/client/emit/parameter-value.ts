import type { EmittedParameter } from './emitted-api.ts'
import { componentOf, membersOf, schemaType, type TypeWriter } from './schema-type.ts'
import { isIdentifier, memberKey, quoted } from './words.ts'

/** A parameter of the path or the query, as a function takes it and as it is handed to the client. */
export interface ParameterValue {
  readonly type: string
  /** Members of an object that stand for the parameter, as text, where it is not handed over as it is. */
  readonly sent?: string
}

const scalar = 'string | number | boolean'

/** How a parameter is taken and handed over. The client itself knows texts, and lists that repeat their name. */
export function parameterValue(writer: TypeWriter, parameter: EmittedParameter, given: boolean): ParameterValue {
  const { name, style, explode, contentType } = parameter
  const written = schemaType(writer, parameter.schema, { direction: 'request', inForm: false }, '    ')
  const type = written === 'unknown' ? scalar : written
  const kind = kindOf(writer, parameter.schema)
  const at = `options${given ? '' : '?'}.params${given ? '' : '?'}${isIdentifier(name) ? `.${name}` : `${given ? '' : '?.'}[${quoted(name)}]`}`
  if (contentType !== undefined) return { type, sent: `${memberKey(name)}: json(${at})` }
  if (kind === 'scalar') return { type }
  if (kind === 'array') {
    if (parameter.in === 'query' && explode) return { type: isScalarList(writer, parameter) ? type : `(${scalar})[]` }
    const separator = style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ','
    return { type, sent: `${memberKey(name)}: joined(${at}, ${quoted(separator)})` }
  }
  if (kind === 'object') {
    if (style === 'deepObject')
      return { type, sent: `${memberKey(name)}: undefined,\n        ...deep(${quoted(name)}, ${at})` }
    if (parameter.in === 'query' && explode)
      return { type, sent: `${memberKey(name)}: undefined,\n        ...fields(${at})` }
    return { type, sent: `${memberKey(name)}: joined(${at} && Object.entries(${at}).flat(), ',')` }
  }
  return { type, sent: `...fields({ ${memberKey(name)}: ${at} })` }
}

type Kind = 'scalar' | 'array' | 'object' | 'mixed'

/** What the values of a schema are, through its references. */
function kindOf(writer: TypeWriter, schema: unknown): Kind {
  const component = componentOf(schema)
  if (component !== undefined) return kindOf(writer, writer.schemas[component])
  const { type, properties, items, allOf, anyOf, oneOf, enum: values } = membersOf(schema)
  const choices = [allOf, anyOf, oneOf].filter(Array.isArray).flat()
  if (choices.length > 0) {
    const kinds = new Set(choices.map((each) => kindOf(writer, each)))
    const [only] = kinds
    return kinds.size === 1 && only !== undefined ? only : 'mixed'
  }
  if (Array.isArray(values))
    return values.every((each) => typeof each !== 'object' || each === null) ? 'scalar' : 'mixed'
  const types = [type].flat().filter((each) => each !== 'null' && each !== undefined)
  const kinds = new Set(types.map((each) => (each === 'array' || each === 'object' ? each : 'scalar')))
  if (kinds.size > 1) return 'mixed'
  const [only] = kinds
  if (only !== undefined) return only
  return properties !== undefined ? 'object' : items !== undefined ? 'array' : 'scalar'
}

function isScalarList(writer: TypeWriter, { schema }: EmittedParameter): boolean {
  const component = componentOf(schema)
  const { items, prefixItems } = membersOf(component === undefined ? schema : writer.schemas[component])
  return (
    prefixItems === undefined &&
    items !== undefined &&
    items !== true &&
    kindOf(writer, items) === 'scalar' &&
    schemaType(writer, items as EmittedParameter['schema'], { direction: 'request', inForm: false }) !== 'unknown'
  )
}
