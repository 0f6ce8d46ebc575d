/** A request as curl would send it, and whether curl shows the head of the reply. */
export interface CurlRequest {
  readonly request: Request
  readonly withHead: boolean
}

const silent: ReadonlySet<string> = new Set(['-s', '--silent', '-S', '-sS', '-f', '-fsS', '--fail', '-N', '-L'])

/** Reads the arguments of curl, as far as the documents use them. @throws Error for others */
export function curlRequest(args: readonly string[]): CurlRequest {
  const headers = new Headers()
  let method: string | undefined
  let url: string | undefined
  let body: string | undefined
  let withHead = false
  const rest = [...args]
  const value = (option: string): string => {
    const next = rest.shift()
    if (next === undefined) throw new Error(`curl's ${option} wants a value`)
    return next
  }
  const options: Readonly<Record<string, (option: string) => void>> = {
    '-X': (option) => {
      method = value(option)
    },
    '-H': (option) => {
      const [name = '', content = ''] = value(option).split(/:\s*(.*)/s)
      if (name.toLowerCase() === 'content-type') headers.set(name, content)
      else headers.append(name, content)
    },
    '-u': (option) => headers.set('authorization', `Basic ${Buffer.from(value(option)).toString('base64')}`),
    '-b': (option) => headers.append('cookie', value(option)),
    '-d': (option) => {
      const more = value(option)
      body = body === undefined ? more : `${body}&${more}`
    },
    '--json': (option) => {
      body = value(option)
      headers.set('content-type', 'application/json')
      headers.set('accept', 'application/json')
    },
    '-i': () => {
      withHead = true
    },
    '-I': () => {
      withHead = true
      method = 'HEAD'
    },
  }
  while (rest.length > 0) {
    const word = rest.shift() ?? ''
    const known = options[long[word] ?? word]
    if (known !== undefined) known(word)
    else if (!word.startsWith('-')) url = word
    else if (!silent.has(word)) throw new Error(`the doctest does not know curl's ${word}`)
  }
  if (body !== undefined && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
  }
  if (url === undefined) throw new Error('curl has no address to call')
  const init = { method: method ?? (body === undefined ? 'GET' : 'POST'), headers, ...(body !== undefined && { body }) }
  return { request: new Request(url.includes('://') ? url : `http://${url}`, init), withHead }
}

const long: Readonly<Record<string, string>> = {
  '--request': '-X',
  '--header': '-H',
  '--data': '-d',
  '--data-raw': '-d',
  '--cookie': '-b',
  '--user': '-u',
  '--include': '-i',
  '--head': '-I',
}
