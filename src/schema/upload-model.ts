import { z } from 'zod'
import { dereference, toSchema, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** A model of bytes from outside of JSON, which composes inside other Zod models. */
export type UploadModel<Output, Input = Output> = z.ZodType<Output, Input>

/** What a model says of the bytes that it takes. */
export interface UploadRules {
  /** The largest size, in bytes. */
  readonly maxBytes?: number
  /** Media types such as `image/png`, or ranges such as `image/*`; any if it is not given. */
  readonly types?: readonly string[]
}

/** What bytes are handed over as: a file of a form, or the whole body, in memory or while it comes. */
export type UploadForm = 'file' | 'bytes' | 'stream'

/** What the JSON Schema of a member says of the bytes that it takes. */
export interface Upload {
  readonly as: UploadForm
  /** Whether it takes several. */
  readonly list: boolean
  /** How many a list may hold. */
  readonly most: number | undefined
  readonly maxBytes: number | undefined
  readonly types: readonly string[] | undefined
}

const keyword = 'x-upload'

/**
 * A model of a file, as the web's `File`, which `become` turns into what services see.
 *
 * @example
 * z.object({ photo: fileModel({ maxBytes: 1000, types: ['image/*'] }, (file) => file) })
 */
export function fileModel<Output extends File>(
  rules: UploadRules,
  become: (file: File) => Output,
): UploadModel<Output, File> {
  const { maxBytes, types } = rules
  const sized = maxBytes === undefined ? z.file() : z.file().max(maxBytes)
  const typed = types === undefined ? sized : sized.refine(({ type }) => isOneOf(type, types), mustBeType(types))
  return typed.meta(description('file', rules)).transform(become)
}

/** A model of one file or several, each as `model` takes it; a field that was not filled in is an empty list. */
export function fileList<Output>(
  model: UploadModel<Output, File>,
  { min = 0, max }: { readonly min?: number; readonly max?: number },
): UploadModel<Output[], File[] | undefined> {
  const list = max === undefined ? z.array(model).min(min) : z.array(model).min(min).max(max)
  return min === 0 ? list.prefault([]) : (list as UploadModel<Output[], File[]>)
}

/** A model of a whole body, in memory or as it comes. */
export function bodyModel<Output>(
  as: 'bytes' | 'stream',
  rules: UploadRules,
  is: (value: unknown) => boolean,
): UploadModel<Output> {
  // Of a custom type JSON Schema could say nothing.
  return z.unknown().refine(is, 'must be bytes').meta(description(as, rules)) as UploadModel<Output>
}

function description(as: UploadForm, { maxBytes, types }: UploadRules): Record<string, unknown> {
  const bound = maxBytes === undefined ? {} : { maxLength: maxBytes }
  return { type: 'string', format: 'binary', ...bound, [keyword]: types === undefined ? { as } : { as, types } }
}

function mustBeType(types: readonly string[]): string {
  return `must be of the type ${types.join(' or ')}`
}

/** Whether a media type is one of those listed, or in one of the ranges; parameters do not count. */
export function isOneOf(type: string, types: readonly string[]): boolean {
  const essence = (type.split(';', 1)[0] ?? '').trim().toLowerCase()
  return types.some((each) => {
    const wanted = each.toLowerCase()
    return wanted === essence || wanted === '*/*' || (wanted.endsWith('/*') && essence.startsWith(wanted.slice(0, -1)))
  })
}

/**
 * What the schema of a member says of bytes that it takes; undefined where it takes none. A plain `z.file()` counts too.
 *
 * @param schema may be a `$ref` into `root`.
 * @example
 * uploadOf({ type: 'string', format: 'binary', maxLength: 9 }, {}) // { as: 'file', list: false, maxBytes: 9, ... }
 */
export function uploadOf(schema: JsonSchema, root: JsonSchema): Upload | undefined {
  return uploadIn(schema, root, new Set())
}

function uploadIn(schema: JsonSchema, root: JsonSchema, seen: Set<JsonSchema>): Upload | undefined {
  const target = dereference(schema, root)
  // A model that recurs in itself says nothing more the second time.
  if (seen.has(target)) return undefined
  seen.add(target)
  if (target.type === 'array') {
    const each = uploadIn(toSchema(target.items), root, seen)
    return each && { ...each, list: true, most: numberOf(target.maxItems) }
  }
  if (target.type === 'string' && target.format === 'binary') {
    const { as = 'file', types = mediaTypes(target) } = toSchema(target[keyword]) as Partial<Upload>
    return { as, list: false, most: undefined, maxBytes: numberOf(target.maxLength), types }
  }
  const [only, ...more] = [...toSchemaList(target.anyOf), ...toSchemaList(target.allOf)].flatMap(
    (branch) => uploadIn(branch, root, seen) ?? [],
  )
  return more.length === 0 ? only : undefined
}

/** The media types of Zod's own file model. */
function mediaTypes(schema: JsonSchema): readonly string[] | undefined {
  const named = [schema, ...toSchemaList(schema.anyOf)].flatMap(({ contentMediaType: type }) =>
    typeof type === 'string' ? [type] : [],
  )
  return named.length === 0 ? undefined : named
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
