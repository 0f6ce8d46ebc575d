import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type ToldRequest, type ToldServer, toldServer } from './told-server.ts'

/** What may be wrong with the library. */
export type LibraryFlaw =
  | 'fails for one kind'
  | 'fails for one of several sorts of a list'
  | 'resets the connection for one kind'
  | 'sends HTML with an error'
  | 'leaks inside the items of a page'
  | 'asks for no key on one operation'
  | 'takes an empty key on one operation'
  | 'loses one member of PUT'
  | 'loses one member of PATCH'
  | 'takes null of PATCH for nothing'
  | 'has a wrong Allow on one path'
  | 'lists what was deleted'
  | 'deletes all notes of a book'
  | 'takes an enum for a text'
  | 'ignores If-Match of DELETE'
  | 'lets both of two parallel changes win'
  | 'makes a second one with PUT'
  // No flaw, but in the way of a test.
  | 'takes every third request alone'

/** The key of the only reader. */
export const libraryKey = 'key-of-the-reader'

const string = { type: 'string' }
const Kind = { type: 'string', enum: ['novel', 'atlas', 'score'] }
const NewBook = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 40 },
    kind: Kind,
    pages: { type: 'integer', minimum: 1, maximum: 5000 },
    subtitle: { type: 'string', nullable: true, maxLength: 20 },
    tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 8 }, maxItems: 4 },
    parts: { type: 'array', items: { $ref: '#/components/schemas/Part' }, maxItems: 3 },
  },
  required: ['title', 'kind', 'pages'],
  additionalProperties: false,
}
const Part = {
  type: 'object',
  properties: {
    name: string,
    parts: { type: 'array', items: { $ref: '#/components/schemas/Part' }, maxItems: 2 },
  },
  required: ['name'],
  additionalProperties: false,
}
const Note = {
  type: 'object',
  properties: { text: { type: 'string', minLength: 1, maxLength: 50 } },
  required: ['text'],
  additionalProperties: false,
}
const json = (schema: object): object => ({ content: { 'application/json': { schema } } })
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const error = (description: string): object => ({ description, ...json(ref('Error')) })
const errors = { 400: error('Bad'), 401: error('Who?'), 404: error('None'), 429: error('Slower') }
const uuid = (name: string): object => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
})

/** What the library says of itself, in OpenAPI 3.0. */
export const libraryDocument: object = {
  openapi: '3.0.3',
  info: { title: 'Library', version: '2' },
  servers: [{ url: '/api/v2' }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Error: { type: 'object', properties: { message: string }, required: ['message'] },
      Part,
      NewBook,
      Book: {
        type: 'object',
        properties: { id: { type: 'string', format: 'uuid' }, ...NewBook.properties },
        required: ['id', 'title', 'kind', 'pages'],
      },
      NewNote: Note,
      Note: {
        type: 'object',
        properties: { ...Note.properties, id: { type: 'string', format: 'uuid' } },
        required: ['id', 'text'],
      },
      Page: {
        type: 'object',
        properties: { items: { type: 'array', items: ref('Book') }, next: { type: 'integer', nullable: true } },
        required: ['items', 'next'],
      },
    },
  },
  paths: {
    '/health': { get: { security: [], responses: { 200: { description: 'Well', ...json({ type: 'object' }) } } } },
    '/books': {
      get: {
        parameters: [
          { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 1000 } },
          { name: 'kind', in: 'query', schema: Kind },
          { name: 'sort', in: 'query', schema: { type: 'array', items: { type: 'string', enum: ['title', 'pages'] } } },
        ],
        responses: { 200: { description: 'A page', ...json(ref('Page')) }, ...errors },
      },
      post: {
        requestBody: { required: true, ...json(ref('NewBook')) },
        responses: { 201: { description: 'Made', ...json(ref('Book')) }, ...errors },
      },
    },
    '/books/{book}': {
      parameters: [uuid('book')],
      get: { responses: { 200: { description: 'It', ...json(ref('Book')) }, 410: error('Gone'), ...errors } },
      put: {
        requestBody: { required: true, ...json(ref('NewBook')) },
        responses: {
          200: { description: 'Done', ...json(ref('Book')) },
          410: error('Gone'),
          412: error('Changed'),
          ...errors,
        },
      },
      patch: {
        requestBody: {
          required: true,
          content: { 'application/merge-patch+json': { schema: { ...NewBook, required: [] } } },
        },
        responses: {
          200: { description: 'Done', ...json(ref('Book')) },
          410: error('Gone'),
          412: error('Changed'),
          ...errors,
        },
      },
      delete: { responses: { 204: { description: 'Gone' }, 410: error('Gone'), 412: error('Changed'), ...errors } },
    },
    '/books/{book}/notes': {
      parameters: [uuid('book')],
      post: {
        requestBody: { required: true, ...json(ref('NewNote')) },
        responses: { 201: { description: 'Made', ...json(ref('Note')) }, 410: error('Gone'), ...errors },
      },
      get: {
        responses: {
          200: { description: 'All', ...json({ type: 'array', items: ref('Note') }) },
          410: error('Gone'),
          ...errors,
        },
      },
    },
    '/books/{book}/notes/{note}': {
      parameters: [uuid('book'), uuid('note')],
      get: { responses: { 200: { description: 'It', ...json(ref('Note')) }, 410: error('Gone'), ...errors } },
      delete: { responses: { 204: { description: 'Gone' }, 410: error('Gone'), ...errors } },
    },
    '/shelves/{name}': {
      parameters: [
        { name: 'name', in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 20 } },
      ],
      get: { responses: { 200: { description: 'It', ...json(ref('NewNote')) }, ...errors } },
      put: {
        requestBody: { required: true, ...json(ref('NewNote')) },
        responses: {
          200: { description: 'Done', ...json(ref('NewNote')) },
          201: { description: 'Made', ...json(ref('NewNote')) },
          ...errors,
        },
      },
      delete: { responses: { 204: { description: 'Gone' }, ...errors } },
    },
    '/orders': {
      post: {
        requestBody: { required: true, ...json(ref('NewNote')) },
        responses: { 202: { description: 'Later', headers: { Location: { schema: string } } }, ...errors },
      },
    },
    '/orders/{order}': {
      parameters: [uuid('order')],
      get: { responses: { 200: { description: 'It', ...json(ref('NewNote')) }, ...errors } },
    },
  },
}

type Members = Readonly<Record<string, unknown>>
interface Kept {
  readonly value: Members
  readonly gone: boolean
  readonly notes: Map<string, Members>
}

/** A library over a socket that answers as its document says, but for its flaws. */
export function library(...flaws: readonly LibraryFlaw[]): Promise<ToldServer> {
  const has = (flaw: LibraryFlaw): boolean => flaws.includes(flaw)
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const plain = {
    ...NewBook,
    properties: { ...NewBook.properties, subtitle: { type: ['string', 'null'], maxLength: 20 } },
  }
  const local = (schema: object): object => {
    return JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/Part', 'http://library.test/part'))
  }
  ajv.addSchema({ $id: 'http://library.test/part', ...local(Part) })
  const isBook = ajv.compile(local(plain))
  const isChange = ajv.compile(local({ ...plain, required: [] }))
  const isNote = ajv.compile(local(Note))
  const isUuid = ajv.compile({ type: 'string', format: 'uuid' })
  const books = new Map<string, Kept>()
  const shelves = new Map<string, Members>()
  const orders = new Map<string, Members>()
  let waiting: (() => void) | undefined
  let count = 0

  const answer = ({ method, path, headers, body }: ToldRequest, response: ServerResponse): ServerResponse => {
    const url = new URL(path, 'http://library.test')
    const send = (status: number, value?: unknown, more: Record<string, string> = {}): ServerResponse => {
      const type = value === undefined ? {} : { 'content-type': 'application/json' }
      const text = value === undefined || method === 'HEAD' ? '' : JSON.stringify(value)
      return response.writeHead(status, { ...type, ...more }).end(text)
    }
    const refuse = (status: number, more: Record<string, string> = {}): ServerResponse => {
      if (!has('sends HTML with an error') || status !== 404) return send(status, { message: `No: ${status}` }, more)
      return response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>No</h1>')
    }
    const allow = (...methods: readonly string[]): ServerResponse => refuse(405, { Allow: methods.join(', ') })
    if (!url.pathname.startsWith('/api/v2/')) return refuse(404)
    const [name = '', id, inner, innerId, ...rest] = url.pathname
      .slice('/api/v2/'.length)
      .split('/')
      .map(decodeURIComponent)
    const isRead = method === 'GET' || method === 'HEAD'
    if (name === 'health' && id === undefined) return isRead ? send(200, {}) : allow('GET', 'HEAD')
    const isOpen =
      has('asks for no key on one operation') && name === 'books' && inner === 'notes' && isRead && !innerId
    const isEmptyKey =
      has('takes an empty key on one operation') && method === 'DELETE' && headers['x-key'] === undefined
    if (headers['x-key'] !== libraryKey && !isOpen && !isEmptyKey) return refuse(401, { 'WWW-Authenticate': 'Key' })
    count += 1
    if (has('takes every third request alone') && count % 3 > 0) return refuse(429, { 'Retry-After': '1' })
    if (rest.length > 0) return refuse(404)
    const parsed = (isFit: (value: unknown) => boolean): Members | undefined => {
      try {
        const value: unknown = JSON.parse(body)
        const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
        return isFit(value) && headers['content-type'] === type ? (value as Members) : undefined
      } catch {
        return undefined
      }
    }
    const fails = ({ kind }: Members): boolean => {
      if (kind === 'score' && has('fails for one kind')) {
        send(500, { message: 'Oh' })
        return true
      }
      if (kind === 'atlas' && has('resets the connection for one kind')) {
        response.destroy()
        return true
      }
      return false
    }
    if (name === 'books' && id === undefined) {
      if (isRead) {
        const { searchParams } = url
        const offset = searchParams.get('offset') ?? '0'
        const kind = searchParams.get('kind')
        const sort = searchParams.getAll('sort')
        if (!/^\d+$/.test(offset) || Number(offset) > 1000) return refuse(400)
        if (kind !== null && !Kind.enum.includes(kind) && !has('takes an enum for a text')) return refuse(400)
        if (!sort.every((each) => ['title', 'pages'].includes(each))) return refuse(400)
        if (has('fails for one of several sorts of a list') && sort.length > 1 && sort[1] === 'pages')
          return refuse(500)
        const all = [...books]
          .filter(([, each]) => !each.gone || has('lists what was deleted'))
          .filter(([, { value }]) => kind === null || value.kind === kind)
          .map(([key, { value }]) => ({
            id: key,
            ...value,
            ...(has('leaks inside the items of a page') && { price: 1 }),
          }))
          .reverse()
        return send(200, { items: all.slice(Number(offset), Number(offset) + 5), next: null })
      }
      if (method !== 'POST') return allow('GET', 'HEAD', 'POST')
      const value = parsed(isBook)
      if (value === undefined) return refuse(400)
      if (fails(value)) return response
      const key = randomUUID()
      books.set(key, { value, gone: false, notes: new Map() })
      return send(201, { id: key, ...value })
    }
    if (name === 'shelves' && id !== undefined && inner === undefined) {
      if (method !== 'PUT' && method !== 'DELETE' && !isRead) return allow('GET', 'HEAD', 'PUT', 'DELETE')
      if (id.length < 1 || id.length > 20) return refuse(400)
      const known = shelves.get(id)
      if (isRead) return known === undefined ? refuse(404) : send(200, known)
      if (method === 'DELETE') return shelves.delete(id) ? send(204) : refuse(404)
      const value = parsed(isNote)
      if (value === undefined) return refuse(400)
      shelves.set(id, value)
      return send(known === undefined ? 201 : 200, value)
    }
    if (name === 'orders' && inner === undefined) {
      if (id === undefined) {
        if (method !== 'POST') return allow('POST')
        const value = parsed(isNote)
        if (value === undefined) return refuse(400)
        const key = randomUUID()
        orders.set(key, value)
        return send(202, undefined, { Location: `/api/v2/orders/${key}` })
      }
      if (!isRead) return allow('GET', 'HEAD')
      if (!isUuid(id)) return refuse(400)
      const known = orders.get(id)
      return known === undefined ? refuse(404) : send(200, known)
    }
    if (name !== 'books' || id === undefined) return refuse(404)
    if (inner === 'notes') {
      const methods = innerId === undefined ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD', 'DELETE']
      if (!methods.includes(method)) {
        return allow(...methods, ...(has('has a wrong Allow on one path') && innerId !== undefined ? ['PUT'] : []))
      }
      if (!isUuid(id) || (innerId !== undefined && !isUuid(innerId))) return refuse(400)
      const book = books.get(id)
      if (book === undefined) return refuse(404)
      if (book.gone) return refuse(410)
      if (innerId === undefined) {
        if (isRead)
          return send(
            200,
            [...book.notes].map(([key, note]) => ({ ...note, id: key })),
          )
        const value = parsed(isNote)
        if (value === undefined) return refuse(400)
        const key = randomUUID()
        book.notes.set(key, value)
        return send(201, { ...value, id: key })
      }
      const note = book.notes.get(innerId)
      if (note === undefined) return refuse(404)
      if (isRead) return send(200, { ...note, id: innerId })
      if (has('deletes all notes of a book')) book.notes.clear()
      book.notes.delete(innerId)
      return send(204)
    }
    if (inner !== undefined) return refuse(404)
    if (!isRead && !['PUT', 'PATCH', 'DELETE'].includes(method)) return allow('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE')
    if (!isUuid(id)) return refuse(400)
    const book = books.get(id)
    if (book === undefined) return refuse(404)
    if (book.gone) return refuse(410)
    const tag = (value: Members): string => `"${Buffer.from(JSON.stringify(value)).toString('base64url')}"`
    if (isRead) {
      if (headers['if-none-match'] === tag(book.value)) return send(304, undefined, { ETag: tag(book.value) })
      return send(200, { id, ...book.value }, { ETag: tag(book.value) })
    }
    const match = headers['if-match']
    const isStale = match !== undefined && match !== tag(book.value)
    if (isStale && !(method === 'DELETE' && has('ignores If-Match of DELETE'))) return refuse(412)
    if (method === 'DELETE') {
      books.set(id, { ...book, gone: true })
      return send(204)
    }
    const given = parsed(method === 'PUT' ? isBook : isChange)
    if (given === undefined) return refuse(400)
    if (fails(given)) return response
    if (method === 'PATCH' && ['title', 'kind', 'pages', 'tags', 'parts'].some((each) => given[each] === null))
      return refuse(400)
    const changed = (now: Members): Members => {
      if (method === 'PUT') return has('loses one member of PUT') ? { ...given, pages: now.pages } : given
      const entries = Object.entries({ ...now, ...given }).filter(([, each]) => each !== null)
      const merged = Object.fromEntries(entries)
      if (has('takes null of PATCH for nothing') && given.subtitle === null)
        return { ...merged, ...(now.subtitle !== undefined && { subtitle: now.subtitle }) }
      return has('loses one member of PATCH') ? { ...merged, tags: now.tags ?? [] } : merged
    }
    const done = (): ServerResponse => {
      const now = books.get(id) ?? book
      const value = changed(now.value)
      books.set(id, { ...now, value })
      if (method === 'PUT' && has('makes a second one with PUT')) books.set(randomUUID(), { ...now, value })
      return send(200, { id, ...value })
    }
    if (match === undefined || !has('lets both of two parallel changes win')) return done()
    // Nothing is written before the other one has been compared.
    const other = waiting
    waiting = other === undefined ? done : undefined
    if (other === undefined) return response
    other()
    return done()
  }
  return toldServer(answer)
}
