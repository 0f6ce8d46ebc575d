import { type CookieOptions, get, redirect } from 'trestle'
import { z } from 'zod'
import { clientChosen } from '../client-chosen.ts'
import type { ToldRequest } from '../request.ts'

const cookieService = clientChosen.with({ tags: ['Cookies'] })

// Scripts and clients without TLS may see what only shows how cookies work.
const open = ({ http }: ToldRequest): CookieOptions => ({ secure: http.scheme === 'https', httpOnly: false })
const back = () => redirect('/cookies', { status: 302 })

export const cookies = cookieService({
  summary: 'Tell the cookies back',
  output: z.object({ cookies: z.record(z.string(), z.string()) }),
  on: get('/cookies'),
  handle: ({ request }) => request.http,
})

export const setCookies = cookieService({
  summary: 'Set the cookies that the query names',
  on: get('/cookies/set', { status: 302 }),
  handle: ({ request }) => {
    for (const [name, values] of Object.entries(request.args)) {
      request.http.setCookie(name, [values].flat()[0] ?? '', open(request))
    }
    return back()
  },
})

export const setCookie = cookieService({
  summary: 'Set one cookie',
  input: z.object({ name: z.string(), value: z.string() }),
  on: get('/cookies/set/{name}/{value}', { status: 302 }),
  handle: ({ input, request }) => {
    request.http.setCookie(input.name, input.value, open(request))
    return back()
  },
})

export const deleteCookies = cookieService({
  summary: 'Drop the cookies that the query names',
  on: get('/cookies/delete', { status: 302 }),
  handle: ({ request }) => {
    for (const name of Object.keys(request.args)) request.http.clearCookie(name, open(request))
    return back()
  },
})
