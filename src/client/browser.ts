let answer: boolean | undefined

/**
 * Whether the platform keeps cookies and redirects to itself, as browsers do. They are known by what they do, which is to
 * drop a `Cookie` that a program sets.
 */
export function keepsCookiesToItself(): boolean {
  answer ??= !new Request('http://localhost', { headers: { cookie: 'a=b' } }).headers.has('cookie')
  return answer
}
