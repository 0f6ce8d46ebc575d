import { badRequest, group, media, provider, service } from 'trestle'
import { z } from 'zod'

/** A number from 0, below 1. */
const chance = provider(() => Math.random, { scope: 'app' })

const type = 'text/plain; charset=utf-8'

// A problem is a line of text, so that it looks like the status 400 that a client may ask for.
const statuses = group({ prefix: '/status', errors: { type, body: ({ detail, title }) => detail ?? title } })

// Only described: what does not match is answered as the original does it.
const Codes = z.string().meta({
  pattern: String.raw`^ *[2-5]\d\d(:\d+(\.\d+)?)? *(, *[2-5]\d\d(:\d+(\.\d+)?)? *)*$`,
  examples: ['404', '400', '204', '418', '200:3,404:1', '304,406'],
})

export const status = service({
  summary: 'Answer with a status',
  description: 'One status, or several with commas between them, each with a weight behind a colon if it has one.',
  tags: ['Statuses'],
  use: { chance },
  input: z.object({ codes: Codes }),
  throws: ['bad_request'],
  on: statuses.any('/{codes}', {
    replies: {
      204: 'No content',
      205: 'No content',
      304: 'No content',
      default: { description: 'The status that was asked for', types: ['text/plain', 'application/json'] },
    },
    produces: [type],
  }),
  handle: ({ input, chance }) => replyWith(chosen(choices(input.codes), chance())),
})

interface Choice {
  readonly status: number
  readonly weight: number
}

function choices(codes: string): readonly Choice[] {
  return codes.split(',').map((each) => {
    const [, status, weight = '1'] = /^([2-5]\d\d)(?::(\d+(?:\.\d+)?))?$/.exec(each.trim()) ?? []
    return status === undefined ? badRequest('Invalid status code') : { status: Number(status), weight: Number(weight) }
  })
}

/** One of the statuses, each as likely as its weight says. */
function chosen(all: readonly Choice[], share: number): number {
  let left = share * all.reduce((sum, { weight }) => sum + weight, 0)
  const found = all.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  return found?.status ?? badRequest('Invalid status code')
}

interface Special {
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
  readonly type?: string
}

const away: Special = { headers: { Location: '/redirect/1' } }
const images = ['image/webp', 'image/svg+xml', 'image/jpeg', 'image/png', 'image/*']
const teapot = `
   _______
  (_______)   ;
  /       \\_/ /
 |  I AM A  _/
  \\ TEAPOT /
   '------'
`

const specials: Readonly<Record<number, Special>> = {
  301: away,
  302: away,
  303: away,
  305: away,
  307: away,
  308: away,
  401: { headers: { 'WWW-Authenticate': 'Basic realm="Fake Realm"' } },
  402: { text: 'Payment, please.\n' },
  406: { text: JSON.stringify({ message: 'What is accepted is not there', accept: images }), type: 'application/json' },
  407: { headers: { 'Proxy-Authenticate': 'Basic realm="Fake Realm"' } },
  418: { text: teapot, headers: { 'X-More-Info': 'https://www.rfc-editor.org/rfc/rfc2324' } },
}

function replyWith(status: number) {
  const { text = '', headers = {}, type: own = type } = specials[status] ?? {}
  return media(text, own, { status, headers })
}
