import { type Problem, problem } from '../../kernel/problem.ts'
import { toPointer } from '../../schema/finding.ts'
import { definitionModels } from './definition-models.ts'
import type { Kind, StoredSettings } from './stored-definition.ts'

/** Refuses an input for something that only what is kept can tell. */
export function refusedInput(path: readonly PropertyKey[], message: string): Problem {
  return problem('invalid_input', undefined, {
    findings: [{ in: 'input', path: toPointer(path), code: 'invalid_value', message }],
  })
}

/**
 * What a definition is to say after a change: members that are given take the place of those that were, null takes them
 * away, and a secret that is not given stays.
 *
 * @throws Problem `invalid_input`
 */
export function changedSettings(kind: Kind, before: StoredSettings, change: StoredSettings): StoredSettings {
  const merged = { ...before }
  for (const [member, value] of Object.entries(change)) {
    if (value === null) delete merged[member]
    else merged[member] = withSecrets(before[member], value)
  }
  const read = definitionModels().settings[kind].safeParse(merged)
  if (read.success) {
    const { username } = read.data
    return typeof username === 'string' ? { ...read.data, username: username.normalize('NFC') } : read.data
  }
  throw problem('invalid_input', undefined, {
    findings: read.error.issues.map(({ path, message }) => ({
      ...{ in: 'input', path: toPointer(['settings', ...path]), code: 'invalid_value', message },
    })),
  })
}

function withSecrets(before: unknown, value: unknown): unknown {
  if (!isObject(before) || !isObject(value)) return value
  // A secret is sent to nobody else: whoever names another server has to know it.
  const sameServer = originOf(before.address) === originOf(value.address)
  const kept = [...('jwks' in value ? [] : ['key']), ...(sameServer ? ['clientSecret'] : [])]
  const secrets = kept.filter((member) => before[member] !== undefined && value[member] === undefined)
  return { ...value, ...Object.fromEntries(secrets.map((member) => [member, before[member]])) }
}

function originOf(address: unknown): string | undefined {
  return typeof address === 'string' ? URL.parse(address)?.origin : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
