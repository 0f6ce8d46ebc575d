import { written } from '../../security/definitions/code-definitions.ts'
import type { Definition } from '../../security/definitions/definition.ts'
import type { CheckedApp } from './checked-app.ts'

/** A secret or a key as it is written, variables and all. */
export interface WrittenText {
  /** Such as `security.hr`. */
  readonly where: string
  readonly said: string
  /** How many characters it should have. */
  readonly least: number
  /** Whether it is a public key. */
  readonly isPublic: boolean
}

/** Shorter ones are guessed; for keys and tokens, which machines send, more may be asked. */
const shortest = { basic: 12, others: 20 }

/** All secrets and keys that the settings give. */
export function writtenTexts({ definitions, settings: { tokens = {} } }: CheckedApp): readonly WrittenText[] {
  const secret = { least: shortest.others, isPublic: false }
  const ofDefinitions = Object.entries(definitions).flatMap(([name, definition]) => {
    const where = `security.${name}`
    const least = definition.kind === 'basic' ? shortest.basic : shortest.others
    return [
      ...written(definition).map((said) => ({ ...secret, where, said, least })),
      ...ofTokens(definition).map((each) => ({ ...secret, where, ...each })),
    ]
  })
  const ofClients = Object.entries(tokens.clients ?? {}).flatMap(([name, { secret: said = [] }]) =>
    [said].flat().map((each) => ({ ...secret, where: `tokens.clients.${name}`, said: each })),
  )
  const keys = [tokens.key ?? []].flat().map((said) => ({ ...secret, where: 'tokens.key', said }))
  return [...ofDefinitions, ...ofClients, ...keys]
}

function ofTokens(definition: Definition): readonly Pick<WrittenText, 'said' | 'isPublic'>[] {
  if (definition.kind !== 'bearer') return []
  const { jwt, introspection } = definition
  return [
    ...(jwt?.key === undefined
      ? []
      : [{ said: jwt.key, isPublic: !jwt.algorithms.some((each) => each.startsWith('HS')) }]),
    ...(introspection === undefined ? [] : [{ said: introspection.clientSecret, isPublic: false }]),
  ]
}
