import type { Step } from './result.ts'

/** What stands in reports where a secret was. */
export const mask = '***'

/** Steps as reports may show them: without the credentials that the user gave. */
export function maskedSteps(steps: readonly Step[], secrets: readonly string[]): readonly Step[] {
  const forms = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
    .toSorted((one, other) => other.length - one.length)
  const clean = (text: string): string => forms.reduce((all, secret) => all.replaceAll(secret, mask), text)
  const cleanValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, clean(value)]))
  return steps.map(({ request, reply }) => ({
    request: {
      ...request,
      target: clean(request.target),
      headers: cleanValues(request.headers),
      body: request.body === undefined ? undefined : clean(request.body),
    },
    reply: { ...reply, headers: cleanValues(reply.headers), body: clean(reply.body) },
  }))
}
