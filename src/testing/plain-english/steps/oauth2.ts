import { Expectation } from '../expectation.ts'
import { outgoing } from '../http/outgoing.ts'
import type { Memory } from '../memory.ts'
import { type Pair, requestDraft, setHeader, setSecretHeader, sharedDraft } from '../request-draft.ts'
import { isTelling } from '../secrets.ts'
import { sendAside } from '../send.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import { listOf } from '../values/list-text.ts'
import type { World } from '../world.ts'

interface OAuth2 {
  endpoint: string | undefined
  credentials: { readonly id: string; readonly secret: string } | undefined
  scopes: string
  grantType: string
  extraFields: readonly Pair[]
  idField: string | undefined
  secretField: string | undefined
  format: 'json' | 'form'
}

const memory: Memory<OAuth2> = { scope: 'feature', make: fresh }

function fresh(): OAuth2 {
  return {
    endpoint: undefined,
    credentials: undefined,
    scopes: '',
    grantType: 'password',
    extraFields: [],
    idField: undefined,
    secretField: undefined,
    format: 'form',
  }
}

const endpoint =
  'Given OAuth2 endpoint "/response-headers?access_token=abc-123"\nAnd OAuth2 credentials "ann" "secret"\n'
const used =
  'And I use an OAuth2 bearer token\nAnd URL path "/bearer"\nWhen the URL is invoked\nThen path "/token" is "abc-123"'

/** OAuth 2: tokens of a token endpoint. */
export const oauth2Steps: readonly Step[] = [
  step({
    phrase: 'OAuth2 endpoint {text}',
    summary: 'Where tokens are got: an address, or a path of the API under test.',
    example: endpoint + used,
    run: (world, address) => {
      world.recall(memory).endpoint = address
    },
  }),
  step({
    phrase: 'OAuth2 credentials {text} {text}',
    summary: 'Whose token it is: name and password, or the id and the secret of a client.',
    example: endpoint + used,
    run: (world, id, secret) => {
      world.hide(secret)
      world.recall(memory).credentials = { id, secret }
    },
  }),
  step({
    phrase: 'OAuth2 scopes {text}',
    summary: 'The scopes that are asked for, with spaces or commas between them.',
    example: `${endpoint}And OAuth2 scopes "read write"\n${used}`,
    run: (world, scopes) => {
      world.recall(memory).scopes = scopes
        .split(/[\s,]+/)
        .filter(Boolean)
        .join(' ')
    },
  }),
  step({
    phrase: 'OAuth2 grant type {text}',
    summary: 'How the token is asked for: `password` if no step says it, `client_credentials` for a client on its own.',
    example: `${endpoint}And OAuth2 grant type "client_credentials"\n${used}`,
    run: (world, grantType) => {
      world.recall(memory).grantType = grantType
    },
  }),
  step({
    phrase: 'OAuth2 extra fields {text}',
    summary: 'What the request for a token has besides, as in `audience=orders,tenant=5`.',
    example: `${endpoint}And OAuth2 extra fields "audience=orders,tenant=5"\n${used}`,
    run: (world, fields) => {
      const pairs = listOf(fields).map(fieldOf)
      for (const [name, value] of pairs) if (isTelling(name)) world.hide(value)
      world.recall(memory).extraFields = pairs
    },
  }),
  step({
    phrase: 'OAuth2 client ID field {text}',
    summary: 'The field that carries the first of the credentials: `username`, or `client_id` of a client on its own.',
    example: `${endpoint}And OAuth2 client ID field "user"\n${used}`,
    run: (world, name) => {
      world.recall(memory).idField = name
    },
  }),
  step({
    phrase: 'OAuth2 client secret field {text}',
    summary:
      'The field that carries the second of the credentials: `password`, or `client_secret` of a client on its own.',
    example: `${endpoint}And OAuth2 client secret field "pin"\n${used}`,
    run: (world, name) => {
      world.recall(memory).secretField = name
    },
  }),
  step({
    phrase: 'OAuth2 request format {text}',
    summary: 'How the request for a token is written: `form` if no step says it, or `json`.',
    example: `${endpoint}And OAuth2 request format "json"\n${used}`,
    run: (world, text) => {
      const format = text.trim().toLowerCase()
      if (format !== 'json' && format !== 'form')
        throw new Error(`"${text}" is no format for this: write "json" or "form"`)
      world.recall(memory).format = format
    },
  }),
  step({
    phrase: 'I store an OAuth2 bearer token under {name}',
    kind: 'act',
    summary: 'Gets a token, and stores it.',
    example: `${endpoint}And I store an OAuth2 bearer token under "token"\nThen variable "#token" is a string "abc-123"`,
    run: async (world, name) => {
      storeValue(world, name, await token(world))
    },
  }),
  step({
    phrase: 'I use an OAuth2 bearer token',
    kind: 'act',
    summary: 'Gets a token, and sends it from then on.',
    example: endpoint + used,
    run: async (world) => setSecretHeader(world.request, 'Authorization', `Bearer ${await token(world)}`),
  }),
  step({
    phrase: 'OAuth2 context is cleaned up',
    summary: 'Forgets where and how tokens are got, and sends the last one no longer.',
    example:
      'Given bearer token "abc-123"\nAnd OAuth2 context is cleaned up\nAnd URL path "/bearer"\nWhen the URL is invoked\n' +
      'Then status is "401"',
    run: (world) => {
      Object.assign(world.recall(memory), fresh())
      world.request.headers = world.request.headers.filter(([name, value]) => !isBearer(name, value))
    },
  }),
]

function isBearer(name: string, value: string): boolean {
  return name.toLowerCase() === 'authorization' && /^bearer /i.test(value)
}

function fieldOf(text: string): Pair {
  const equals = text.indexOf('=')
  if (equals < 1) throw new Error(`"${text}" is no field: write it as in "audience=orders"`)
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]
}

/** Gets a token. @throws Expectation when the endpoint gives none */
async function token(world: World): Promise<string> {
  const { endpoint, format, ...settings } = world.recall(memory)
  if (endpoint === undefined)
    throw new Error('No endpoint is known that gives tokens: write `Given OAuth2 endpoint "..."` before')
  const draft = requestDraft(sharedDraft())
  draft.method = 'POST'
  draft.address = world.request.address
  draft.path = endpoint
  setHeader(draft, 'Accept', 'application/json')
  const fields = fieldsOf(settings)
  if (format === 'json') draft.body = { kind: 'json', value: Object.fromEntries(fields) }
  else draft.form = [...fields]
  const reply = await sendAside(world, await outgoing(draft, world.target.address))
  const { status, url } = reply
  if (status < 200 || status > 299) throw new Expectation(`${url.href} gave no token, but status ${status}`)
  const found = tokenIn(reply.data)
  if (found === undefined) throw new Expectation(`${url.href} gave no token: its response has no "access_token"`)
  world.hide(found)
  return found
}

function fieldsOf(settings: Omit<OAuth2, 'endpoint' | 'format'>): readonly Pair[] {
  const { credentials, grantType, scopes, extraFields, idField, secretField } = settings
  const isClient = grantType === 'client_credentials'
  const proofs: readonly Pair[] =
    credentials === undefined
      ? []
      : [
          [idField ?? (isClient ? 'client_id' : 'username'), credentials.id],
          [secretField ?? (isClient ? 'client_secret' : 'password'), credentials.secret],
        ]
  return [['grant_type', grantType], ...proofs, ...(scopes === '' ? [] : [['scope', scopes] as const]), ...extraFields]
}

function tokenIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('access_token' in data)) return undefined
  return typeof data.access_token === 'string' && data.access_token !== '' ? data.access_token : undefined
}
