import type { FindingCode, FindingPlace } from '../schema/finding.ts'
import type { JsonSchema } from '../schema/schema.ts'

// As records, so that the compiler finds what is missing.
const places: Readonly<Record<FindingPlace, true>> = {
  path: true,
  query: true,
  header: true,
  cookie: true,
  body: true,
  input: true,
}
const codes: Readonly<Record<FindingCode, true>> = {
  missing: true,
  invalid_type: true,
  invalid_value: true,
  invalid_format: true,
  too_small: true,
  too_big: true,
  not_multiple_of: true,
  unrecognized_key: true,
  repeated: true,
  invalid: true,
}

/** The model of `errors`. */
export const findingsSchema: JsonSchema = {
  type: 'array',
  description: 'All that is wrong with the input, at once',
  items: {
    type: 'object',
    properties: {
      in: { type: 'string', enum: Object.keys(places), description: 'The part of the request' },
      path: { type: 'string', description: 'Where in that part (JSON Pointer, RFC 6901); empty for all of it' },
      code: { type: 'string', enum: Object.keys(codes), description: 'What is wrong, for programs' },
      message: { type: 'string', description: 'What is wrong, in words' },
    },
    required: ['in', 'path', 'code', 'message'],
  },
}

/** The model of a problem (RFC 9457), with what Trestle adds to it. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Why a call was refused or failed (RFC 9457)',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The page that explains the code' },
    title: { type: 'string', description: 'The kind of problem, in words' },
    status: { type: 'integer', description: 'The status of the reply' },
    detail: { type: 'string', description: 'What is wrong in this case' },
    code: { type: 'string', description: 'The kind of problem, for programs: it never changes its meaning' },
    cid: { type: 'string', description: 'The correlation id of the call: quote it when you report the problem' },
    errors: findingsSchema,
  },
  required: ['type', 'title', 'status', 'code', 'cid'],
}

/** Where an app serves the page of each code. */
export const problemPages = '/docs/errors/'
