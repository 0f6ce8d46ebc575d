import { hash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** What may be wrong with the shop. */
export type Flaw =
  | 'fails on a high price'
  | 'answers a status that is not documented'
  | 'sends a secret member'
  | 'asks nobody for the token'
  | 'takes any token'
  | 'forgets what PUT sends'
  | 'forgets one member of PATCH'
  | 'has an Allow without PUT'
  | 'has an Allow with POST'
  | 'has no Allow'
  | 'takes bad input'
  | 'takes a malformed body'
  | 'refuses the highest limit'
  | 'sends HTML'
  | 'sends the price as a text'
  | 'sends no Location'
  | 'refuses HEAD'
  | 'ignores If-None-Match'
  | 'ignores If-Match'
  | 'compares what was there before the body'
  | 'deletes with an old ETag'
  | 'shows what was deleted'
  | 'lists what was deleted'
  | 'does not keep what is new'
  | 'gives every thing the same id'
  | 'adds a thing with every PUT'
  | 'changes the price when it is read'
  | 'says another status in a problem'
  | 'answers a method without a word'
  | 'never answers'

const Problem = {
  type: 'object',
  properties: { title: { type: 'string' }, status: { type: 'integer' } },
  required: ['title'],
}
const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const refused = { '400': problem('No JSON'), '415': problem('Another type'), '422': problem('Bad input') }
const json = (schema: object): object => ({ content: { 'application/json': { schema } } })
const Thing = { $ref: '#/components/schemas/Thing' }
const NewThing = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 20 },
    price: { type: 'number', minimum: 0, maximum: 10_000 },
    kind: { enum: ['book', 'game'] },
  },
  required: ['name', 'price'],
  additionalProperties: false,
}
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }
const found = {
  '200': { description: 'The thing', ...json(Thing) },
  '404': problem('No thing'),
  '412': problem('Changed'),
}
const body = { required: true, ...json({ $ref: '#/components/schemas/NewThing' }) }
const changes = { ...NewThing, required: [] }

/** What the shop says of itself. */
export const shopDocument: object = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: 'http://shop.test' }],
  components: {
    schemas: {
      Problem,
      NewThing,
      Thing: {
        type: 'object',
        properties: { id: { type: 'integer' }, ...NewThing.properties },
        required: ['id', 'name', 'price'],
      },
    },
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  },
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 10 } }],
        responses: {
          '200': { description: 'Things', ...json({ type: 'array', items: Thing }) },
          '422': problem('Bad input'),
        },
      },
      post: {
        requestBody: body,
        responses: {
          '201': {
            description: 'Created',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            ...json(Thing),
          },
          ...refused,
        },
      },
    },
    '/things/{id}': {
      parameters: [id],
      get: { responses: { ...found, '304': { description: 'The same' }, '422': problem('Bad input') } },
      put: { requestBody: body, responses: { ...found, ...refused } },
      patch: { requestBody: { required: true, ...json(changes) }, responses: { ...found, ...refused } },
      delete: {
        responses: {
          '204': { description: 'Gone' },
          '404': problem('No thing'),
          '412': problem('Changed'),
          '422': problem('Bad input'),
        },
      },
    },
    '/account': {
      get: {
        security: [{ token: [] }],
        responses: { '200': { description: 'Yours', ...json({ type: 'object' }) }, '401': problem('Who are you?') },
      },
    },
  },
}

/** The token that opens the account. */
export const shopToken = 'open-sesame'

interface Kept {
  readonly id: number
  readonly [member: string]: unknown
}

/** A shop that answers as its document says, but for its flaws. */
export function shop(...flaws: readonly Flaw[]): (request: Request) => Promise<Response> {
  const has = (flaw: Flaw): boolean => flaws.includes(flaw)
  const ajv = new Ajv2020({ strict: false })
  const [isNew, isChange] = [ajv.compile(NewThing), ajv.compile(changes)]
  const things = new Map<number, Kept>()
  const deleted: Kept[] = []
  let last = 0

  const answer = (status: number, value?: unknown, headers: Record<string, string> = {}): Response => {
    const type = has('sends HTML') && status === 200 ? 'text/html' : 'application/json'
    const text = value === undefined ? null : JSON.stringify(value)
    return new Response(text, { status, headers: text === null ? headers : { 'Content-Type': type, ...headers } })
  }
  const refuse = (status: number, headers: Record<string, string> = {}): Response =>
    answer(
      status,
      { title: 'Refused', status: has('says another status in a problem') ? 500 : status },
      { 'Content-Type': 'application/problem+json', ...headers },
    )
  const shown = (thing: Kept): object => ({
    ...thing,
    ...(has('sends a secret member') ? { margin: 0.4 } : {}),
    ...(has('sends the price as a text') ? { price: String(thing.price) } : {}),
  })
  const etag = (thing: Kept): string => `"${hash('sha1', JSON.stringify(thing))}"`
  const notAllowed = (methods: readonly string[]): Response => {
    const allow = methods.filter((method) => !(has('has an Allow without PUT') && method === 'PUT'))
    if (has('has an Allow with POST') && !allow.includes('POST')) allow.push('POST')
    return refuse(405, has('has no Allow') ? {} : { Allow: allow.join(', ') })
  }

  /** The body, or the refusal of it. */
  const bodyOf = async (
    request: Request,
    isFit: (value: unknown) => boolean,
  ): Promise<Record<string, unknown> | Response> => {
    const text = await request.text()
    if (request.headers.get('content-type') !== 'application/json') {
      if (!has('takes a malformed body')) return refuse(415)
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      if (!has('takes a malformed body')) return refuse(400)
      value = { name: 'x', price: 1 }
    }
    if (!isFit(value) && !has('takes bad input')) return refuse(422)
    const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    if (has('fails on a high price') && Number(fields.price) > 1000) return refuse(500)
    return has('takes bad input') ? { name: 'x', price: 1, ...(isFit(value) ? fields : {}) } : fields
  }

  const collection = async (request: Request, url: URL): Promise<Response> => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      const limit = url.searchParams.get('limit')
      const most = has('refuses the highest limit') ? 9 : 10
      const isFine = limit === null || (/^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= most)
      if (!isFine && !has('takes bad input')) return refuse(422)
      const all = has('lists what was deleted') ? [...deleted, ...things.values()] : [...things.values()]
      return answer(200, all.slice(0, Number(limit ?? 10)).map(shown))
    }
    if (request.method !== 'POST') return notAllowed(['GET', 'HEAD', 'POST'])
    const fields = await bodyOf(request, isNew)
    if (fields instanceof Response) return fields
    if (has('answers a status that is not documented') && String(fields.name).length > 3) return refuse(409)
    last = has('gives every thing the same id') ? 1 : last + 1
    const thing: Kept = { ...fields, id: last }
    if (!has('does not keep what is new')) things.set(last, thing)
    return answer(201, shown(thing), has('sends no Location') ? {} : { Location: `/things/${last}` })
  }

  const item = async (request: Request, text: string): Promise<Response> => {
    const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']
    if (!methods.includes(request.method)) {
      return has('answers a method without a word') ? answer(200, {}) : notAllowed(methods)
    }
    if (!/^[1-9]\d*$/.test(text)) return refuse(422)
    const key = Number(text)
    const before = things.get(key)
    const isChanging = request.method === 'PUT' || request.method === 'PATCH'
    const fields = isChanging ? await bodyOf(request, request.method === 'PUT' ? isNew : isChange) : {}
    if (fields instanceof Response) return fields
    const thing = has('compares what was there before the body') ? before : things.get(key)
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (thing === undefined) return refuse(404)
      if (has('changes the price when it is read')) things.set(key, { ...thing, price: Number(thing.price) + 1 })
      const tag = etag(thing)
      const isKnown = request.headers.get('if-none-match') === tag && !has('ignores If-None-Match')
      return isKnown ? answer(304, undefined, { ETag: tag }) : answer(200, shown(thing), { ETag: tag })
    }
    if (request.method === 'DELETE') {
      if (thing === undefined) return refuse(404)
      const match = request.headers.get('if-match')
      if (match !== null && match !== etag(thing) && !has('deletes with an old ETag')) return refuse(412)
      deleted.unshift(thing)
      if (!has('shows what was deleted')) things.delete(key)
      return answer(204)
    }
    if (thing === undefined) return refuse(404)
    const condition = request.headers.get('if-match')
    if (condition !== null && condition !== etag(thing) && !has('ignores If-Match')) return refuse(412)
    if (request.method === 'PUT' && has('forgets what PUT sends')) return answer(200, shown({ ...fields, id: key }))
    const kept = request.method === 'PUT' ? {} : thing
    const forgotten = request.method === 'PATCH' && has('forgets one member of PATCH') ? { price: thing.price } : {}
    const changed: Kept = { ...kept, ...fields, ...forgotten, id: key }
    things.set(key, changed)
    if (request.method === 'PUT' && has('adds a thing with every PUT')) things.set(++last, { ...changed, id: last })
    return answer(200, shown(changed))
  }

  const route = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    if (request.method === 'HEAD' && has('refuses HEAD')) return refuse(405, { Allow: 'GET' })
    if (has('never answers') && url.searchParams.has('limit')) await new Promise(() => {})
    if (url.pathname === '/things') return collection(request, url)
    const [, text] = /^\/things\/([^/]+)$/.exec(url.pathname) ?? []
    if (text !== undefined) return item(request, decodeURIComponent(text))
    if (url.pathname !== '/account') return refuse(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed(['GET', 'HEAD'])
    const authorization = request.headers.get('authorization')
    const isKnown = has('takes any token') ? authorization !== null : authorization === `Bearer ${shopToken}`
    return isKnown || has('asks nobody for the token') ? answer(200, {}) : refuse(401, { 'WWW-Authenticate': 'Bearer' })
  }
  return async (request) => {
    const reply = await route(request)
    return request.method === 'HEAD' ? new Response(null, reply) : reply
  }
}
