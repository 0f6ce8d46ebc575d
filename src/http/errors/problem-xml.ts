import { findingsSchema, problemSchema } from '../../kernel/problem-schema.ts'
import { toSchema, toSchemas } from '../../schema/reference.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import type { Exchange } from '../exchange.ts'
import { parseAccept, rangeFor } from '../represent/accept.ts'
import { chosenFor } from '../represent/chosen.ts'
import { syntaxOf } from '../represent/media-type.ts'
import type { RepresentationSettings } from '../represent/representation-settings.ts'
import { xmlWriter } from '../represent/xml/xml-writer.ts'
import type { ErrorForm } from './error-renderer.ts'
import type { ErrorSettings } from './error-settings.ts'
import { errorShape } from './shapes.ts'

/** The model of a problem in XML (RFC 9457, appendix B): its namespace, and `i` for the items of lists. */
const schema: JsonSchema = {
  ...problemSchema,
  xml: { name: 'problem', namespace: 'urn:ietf:rfc:7807' },
  properties: {
    ...Object.fromEntries(toSchemas(problemSchema.properties)),
    errors: {
      ...findingsSchema,
      xml: { wrapped: true },
      items: { ...toSchema(findingsSchema.items), xml: { name: 'i' } },
    },
  },
}

/** How problems stand in XML. */
export const problemXml: ErrorForm & { readonly name: string; readonly schema: JsonSchema } = {
  name: 'ProblemXml',
  type: 'application/problem+xml',
  schema,
  write: xmlWriter(schema),
}

/** Whether problems may be told in XML: where replies can be XML, and no other shape is set. */
export function tellsXml({ errors, produces }: ErrorSettings & RepresentationSettings): boolean {
  return produces?.includes('xml') === true && errorShape(errors).schema === problemSchema
}

/** Compiles whether a client is to get a problem in XML: as its reply would have been, else as it accepts. */
export function prefersXml({ produces = [], accept }: RepresentationSettings): (exchange: Exchange) => boolean {
  const at = produces.indexOf('json')
  const xmlFirst = at === -1 || produces.indexOf('xml') < at
  return (exchange) => {
    const chosen = syntaxOf(chosenFor(exchange)?.representation.type.essence ?? '/')
    if (chosen === 'xml' || chosen === 'json') return chosen === 'xml'
    const wanted = accept === 'ignore' ? undefined : exchange.headers.accept
    if (typeof wanted !== 'string' || wanted === '') return xmlFirst
    const ranges = parseAccept(wanted)
    const quality = (types: readonly string[]): number =>
      Math.max(...types.map((essence) => rangeFor({ essence, parameters: {} }, ranges)?.quality ?? 0))
    const [xml, json] = [quality(xmlTypes), quality(jsonTypes)]
    return xml > json || (xml === json && xmlFirst)
  }
}

const xmlTypes = ['application/problem+xml', 'application/xml', 'text/xml']
const jsonTypes = ['application/problem+json', 'application/json']
