import { DocumentError } from './document-error.ts'
import { escaped, isObject } from './place.ts'

/** Reads another document that a document refers to at a pointer. */
export type ReadOther = (address: URL, pointer: string) => Promise<unknown>

const further = 'x-documents'

/**
 * A copy of a document with every document that it refers to inside, in `x-documents`, and references that lead there.
 * Documents that refer to each other in circles are read once each.
 */
export async function bundled(address: URL, document: unknown, readOther: ReadOther): Promise<unknown> {
  if (!isObject(document)) return document
  const own = identityOf(document, address)
  const keys = new Map<string, string>([
    [withoutHash(address), ''],
    [withoutHash(own), ''],
  ])
  const found: Found[] = []
  const others: Record<string, unknown> = {}

  const keyOf = (target: URL, pointer: string, isHint: boolean): string => {
    const href = withoutHash(target)
    const known = keys.get(href)
    const again = found.find(({ key }) => key === known)
    if (again !== undefined) again.isHint &&= isHint
    if (known !== undefined) return known
    const key = relativeTo(address, href)
    keys.set(href, key)
    found.push({ key, address: new URL(href), pointer, isHint })
    return key
  }
  const ids = new Set<string>(schemaIds(document))
  /** A reference as it stands in a document, made one that leads to the same place of the whole. */
  const rewritten = (reference: string, base: URL, key: string, pointer: string, isHint: boolean): string => {
    const hash = reference.indexOf('#')
    const place = hash === -1 ? reference : reference.slice(0, hash)
    const fragment = hash === -1 ? '' : reference.slice(hash + 1).replace(/^\/$/, '')
    if ((place === '' && key === '') || ids.has(place)) return reference
    if (!URL.canParse(place, base)) throw unreachable(pointer, reference)
    const target = place === '' ? key : keyOf(new URL(place, base), pointer, isHint)
    if (target === '') return `#${fragment}`
    return `#/${further}/${encodeURI(escaped(target)).replaceAll('#', '%23')}${fragment}`
  }

  const root = rewriteReferences(document, '#', (text, pointer, isHint) => rewritten(text, own, '', pointer, isHint))
  // Reading one document may find further ones, which come behind it in the same list.
  for (const each of found) {
    const other = await readOther(each.address, each.pointer).catch((error: unknown) => {
      if (!(each.isHint && error instanceof DocumentError)) throw error
    })
    if (other === undefined) continue
    for (const id of schemaIds(other)) ids.add(id)
    const base = isObject(other) ? identityOf(other, each.address) : each.address
    const start = `#/${further}/${escaped(each.key)}`
    others[each.key] = rewriteReferences(other, start, (text, pointer, isHint) => {
      return rewritten(text, base, each.key, pointer, isHint)
    })
  }
  return found.length === 0 ? document : { ...(isObject(root) ? root : {}), [further]: others }
}

interface Found {
  readonly key: string
  readonly address: URL
  readonly pointer: string
  /** Whether only mappings of discriminators lead there, which a document can do without. */
  isHint: boolean
}

type Rewrite = (reference: string, pointer: string, isHint: boolean) => string

// Where names are the document's own, none of them is a keyword.
const named: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'paths', 'schemas', 'responses'],
  ...['parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems'],
  ...['content', 'mediaTypes', 'encoding', 'webhooks', 'additionalOperations'],
])
const data: ReadonlySet<string> = new Set(['example', 'default', 'enum', 'const', 'value', 'dataValue'])

function rewriteReferences(value: unknown, pointer: string, rewrite: Rewrite, ofNames = false): unknown {
  if (Array.isArray(value)) {
    return value.map((each, index) => rewriteReferences(each, `${pointer}/${index}`, rewrite))
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([name, each]): readonly [string, unknown] => {
    const inner = `${pointer}/${escaped(name)}`
    if (ofNames) return [name, rewriteReferences(each, inner, rewrite)]
    if (name === '$ref' && typeof each === 'string') return [name, rewrite(each, inner, false)]
    if (data.has(name)) return [name, each]
    if (name === 'mapping' && isObject(each)) return [name, rewriteMapping(each, inner, rewrite)]
    return [name, rewriteReferences(each, inner, rewrite, named.has(name) && !Array.isArray(each))]
  })
  return Object.fromEntries(entries)
}

/** The values of a discriminator's mapping are names or references, which can only be told apart by their looks. */
function rewriteMapping(mapping: Readonly<Record<string, unknown>>, pointer: string, rewrite: Rewrite): unknown {
  return Object.fromEntries(
    Object.entries(mapping).map(([name, each]) => {
      const isReference = typeof each === 'string' && /[#/]|\.(json|ya?ml)$/i.test(each)
      return [name, isReference ? rewrite(each, `${pointer}/${escaped(name)}`, true) : each]
    }),
  )
}

/** What schemas call themselves: references to that lead nowhere else. */
function schemaIds(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(schemaIds)
  if (!isObject(value)) return []
  const inner = Object.values(value).flatMap(schemaIds)
  return typeof value.$id === 'string' ? [value.$id, ...inner] : inner
}

function identityOf(document: Readonly<Record<string, unknown>>, address: URL): URL {
  const { $self } = document
  return typeof $self === 'string' && URL.canParse($self, address.href) ? new URL($self, address) : address
}

function withoutHash(address: URL): string {
  return address.href.split('#')[0] ?? ''
}

/** The address as seen from the folder of the first document, which is what its readers know. */
function relativeTo(first: URL, href: string): string {
  const folder = new URL('.', first).href
  return href.startsWith(folder) ? decodeURI(href.slice(folder.length)) : href
}

function unreachable(pointer: string, reference: string): DocumentError {
  return new DocumentError(`In the API description, ${pointer} is ${reference}, which is no address.`, pointer)
}
