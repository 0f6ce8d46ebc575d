import { del, get, type Media, patch, post, put, type RedirectStatus, redirect } from 'trestle'
import { z } from 'zod'
import { clientChosen } from '../client-chosen.ts'

const redirecting = clientChosen.with({ tags: ['Redirects'] })
const Steps = z.object({ n: z.int().positive().meta({ description: 'How often the client is sent on' }) })

export const redirectRelatively = redirecting({
  summary: 'Send the client on n times, and to /get in the end',
  input: Steps.extend({ absolute: z.boolean().default(false) }),
  on: [get('/redirect/{n}', { status: 302 }), get('/relative-redirect/{n}', { status: 302 })],
  handle: ({ input: { n, absolute }, request }) =>
    absolute ? step(n, 'absolute', request.http.origin) : step(n, 'relative'),
})

export const redirectAbsolutely = redirecting({
  summary: 'Send the client on n times by whole addresses, and to /get in the end',
  input: Steps,
  on: get('/absolute-redirect/{n}', { status: 302 }),
  handle: ({ input: { n }, request }) => step(n, 'absolute', request.http.origin),
})

function step(n: number, kind: 'absolute' | 'relative', origin: string = ''): Media {
  return redirect(n === 1 ? `${origin}/get` : `${origin}/${kind}-redirect/${n - 1}`, { status: 302 })
}

const statuses: readonly RedirectStatus[] = [301, 302, 303, 307, 308]
const placed = {
  status: 302,
  in: { url: 'query', status_code: 'query' },
  replies: Object.fromEntries(statuses.map((each) => [each, 'The address to go to is in `Location`'])),
} as const

export const redirectTo = redirecting({
  summary: 'Send the client to any address',
  input: z.object({ url: z.string().min(1), status_code: z.literal(statuses).default(302) }),
  on: [
    get('/redirect-to', placed),
    post('/redirect-to', placed),
    put('/redirect-to', placed),
    patch('/redirect-to', placed),
    del('/redirect-to', placed),
  ],
  handle: ({ input }) => redirect(input.url, { status: input.status_code }),
})
