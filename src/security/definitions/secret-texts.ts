import type { SecurityHost } from '../host.ts'
import type { SecuritySettings } from '../settings.ts'
import { written } from './code-definitions.ts'
import type { Definition } from './definition.ts'
import { filledFrom } from './environment-text.ts'

/** All that the settings of the code keep secret, also in the form in which it is sent. */
export function secretTextsOf(
  { security = {}, tokens = {} }: SecuritySettings,
  environment: SecurityHost['environment'],
): readonly string[] {
  const clients = Object.entries(tokens.clients ?? {}).flatMap(([name, { secret = [] }]) =>
    withSentForm(name, filled([secret].flat(), environment)),
  )
  return [
    ...Object.values(security).flatMap((said) => (isDefinition(said) ? textsOf(said, environment) : [])),
    ...filled([tokens.key ?? []].flat(), environment),
    ...clients,
  ]
}

function textsOf(definition: Definition, environment: SecurityHost['environment']): readonly string[] {
  if (definition.kind === 'basic') return withSentForm(definition.username, filled(written(definition), environment))
  const { jwt, introspection } = definition.kind === 'bearer' ? definition : {}
  const more = [jwt?.key, introspection?.clientSecret].filter((each) => each !== undefined)
  return filled([...written(definition), ...more], environment)
}

/** Texts with the variables in them; without those whose variables are not set, and what is no text at all. */
function filled(texts: readonly string[], environment: SecurityHost['environment']): readonly string[] {
  return texts.flatMap((each) => {
    const text = typeof each === 'string' ? filledFrom(environment, each) : { missing: [] }
    return 'text' in text ? [text.text] : []
  })
}

/** RFC 7617, 2. */
function withSentForm(username: string, passwords: readonly string[]): readonly string[] {
  return passwords.flatMap((each) => [each, Buffer.from(`${username}:${each}`).toString('base64')])
}

function isDefinition(said: unknown): said is Definition {
  return typeof said === 'object' && said !== null && !Array.isArray(said)
}
