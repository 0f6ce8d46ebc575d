import type { EmittedParameter } from './emitted-api.ts'
import { componentOf, membersOf, type TypeUse, type TypeWriter, typeText } from './schema-type.ts'
import { plain, type TypeText } from './type-text.ts'
import { isIdentifier, memberKey, quoted } from './words.ts'

/** A parameter of the path or the query, as a function takes it and as it is handed to the client. */
export interface ParameterValue {
  readonly type: TypeText
  /** Members of an object that stand for the parameter, as text, where it is not handed over as it is. */
  readonly sent?: readonly string[]
}

const scalar = 'string | number | boolean'
const use: TypeUse = { direction: 'request', inForm: false }

/**
 * How a parameter is taken by a name, and handed over. The client itself knows texts, and lists that repeat their name.
 * `given` says that the parameters are always there, so that one can be asked for without looking.
 */
export function parameterValue(
  writer: TypeWriter,
  parameter: EmittedParameter,
  name: string,
  given: boolean,
): ParameterValue {
  const { style, explode, contentType } = parameter
  const type = isUnknown(writer, parameter.schema) ? plain(scalar) : typeText(writer, parameter.schema, use, '    ')
  const kind = kindOf(writer, parameter.schema)
  const at = (given ? 'options.params' : 'options?.params?') + memberOf(name, given)
  const key = memberKey(name)
  // What was spread before is taken back, where the parameter is sent by other names.
  const instead = (sent: string): ParameterValue => ({ type, sent: [`${key}: undefined`, `...${sent}`] })
  if (contentType !== undefined) return { type, sent: [`${key}: json(${at})`] }
  if (kind === 'scalar') return { type }
  if (kind === 'array') {
    if (parameter.in === 'query' && explode && style !== 'deepObject') {
      return { type: isScalarList(writer, parameter) ? type : plain(`(${scalar})[]`) }
    }
    return { type, sent: [`${key}: joined(${at}, ${quoted(separatorOf(parameter))})`] }
  }
  if (style === 'deepObject') return instead(`deep(${quoted(name)}, ${at})`)
  if (kind === 'mixed') return instead(`fields({ ${key}: ${at} })`)
  if (parameter.in === 'query' && explode) return instead(`fields(${at})`)
  const members = `${at} && Object.entries(${at}).flat()`
  return { type, sent: [`${key}: joined(${members}, ${quoted(separatorOf(parameter))})`] }
}

function memberOf(name: string, given: boolean): string {
  if (isIdentifier(name)) return `.${name}`
  return `${given ? '' : '.'}[${quoted(name)}]`
}

function separatorOf({ style, explode }: EmittedParameter): string {
  if (style === 'spaceDelimited') return ' '
  if (style === 'pipeDelimited') return '|'
  return style === 'label' && explode ? '.' : ','
}

type Kind = 'scalar' | 'array' | 'object' | 'mixed'

/** What the values of a schema are, through its references. */
export function kindOf(writer: TypeWriter, schema: unknown): Kind {
  const component = componentOf(schema)
  if (component !== undefined) return kindOf(writer, writer.schemas[component])
  const { type, properties, items, allOf, anyOf, oneOf, enum: values } = membersOf(schema)
  const choices = [allOf, anyOf, oneOf].filter(Array.isArray).flat()
  if (choices.length > 0) {
    const kinds = new Set(choices.filter((each) => !isNull(each)).map((each) => kindOf(writer, each)))
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

function isNull(schema: unknown): boolean {
  return membersOf(schema).type === 'null'
}

function isScalarList(writer: TypeWriter, { schema }: EmittedParameter): boolean {
  const component = componentOf(schema)
  const { items, prefixItems } = membersOf(component === undefined ? schema : writer.schemas[component])
  if (prefixItems !== undefined || items === undefined || items === true) return false
  return kindOf(writer, items) === 'scalar' && !isUnknown(writer, items)
}

/** Whether nothing is known of the values of a schema, whatever it is called. */
function isUnknown(writer: TypeWriter, schema: unknown): boolean {
  const component = componentOf(schema)
  if (component !== undefined) return isUnknown(writer, writer.schemas[component])
  return typeText(writer, schema, use, '').text === 'unknown'
}
