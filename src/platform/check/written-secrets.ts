import { written } from '../../security/definitions/code-definitions.ts'
import type { Definition } from '../../security/definitions/definition.ts'
import { filledFrom } from '../../security/definitions/environment-text.ts'
import { guessedPasswords } from '../../security/passwords/guessed-passwords.ts'
import type { CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

/** Secrets that stand in the code or in the configuration, where everybody reads them who reads those. */
export function plainSecrets(app: CheckedApp): readonly CheckFinding[] {
  return secretsOf(app).flatMap(({ where, said }): readonly CheckFinding[] => {
    // What comes from the environment, or was made a moment ago, stands in no file.
    const source = isTaken(said) ? undefined : app.sources.find(({ text }) => text.includes(said))
    if (source === undefined) return []
    const message = `Its secret stands in plain text in ${source.file}: take it from an environment variable.`
    return [{ level: 'warning', code: 'plain_secret', where, message }]
  })
}

function isTaken(said: string): boolean {
  return said === '' || /\$\{[A-Za-z_]/.test(said)
}

/** Shorter ones are guessed; for keys and tokens, which machines send, more may be asked. */
const shortest = { basic: 12, others: 20 }

const examples: ReadonlySet<string> = new Set([
  ...[
    'changeme',
    'change-me',
    'correct horse',
    'correct horse battery staple',
    'your-256-bit-secret',
    'example',
    'mysecret',
  ],
  ...[
    'test',
    'password',
    'secret',
    'admin',
    'secret-key',
    'api-key',
    'your-api-key',
    'your-secret',
    'supersecret',
    'super-secret',
    'todo',
    'hunter2',
  ],
])

/** Secrets that can be guessed. */
export function weakSecrets(app: CheckedApp): readonly CheckFinding[] {
  return secretsOf(app).flatMap(({ where, said, least }): readonly CheckFinding[] => {
    const filled = filledFrom(app.environment, said)
    if (!('text' in filled) || filled.text === '') return []
    const { text } = filled
    const lower = text.toLowerCase()
    if (guessedPasswords.has(lower) || examples.has(lower)) {
      const message =
        'Its secret is one that everybody tries first: make a random one, such as with openssl rand -base64 24.'
      return [{ level: 'error', code: 'known_secret', where, message }]
    }
    if (text.length >= least && new Set(text).size > 4) return []
    const message = `Its secret has less than ${least} characters or few different ones: make a random one, such as with openssl rand -base64 24.`
    return [{ level: 'warning', code: 'weak_secret', where, message }]
  })
}

interface WrittenSecret {
  readonly where: string
  readonly said: string
  /** How many characters it should have. */
  readonly least: number
}

function secretsOf({ definitions, settings: { tokens = {} } }: CheckedApp): readonly WrittenSecret[] {
  const ofDefinitions = Object.entries(definitions).flatMap(([name, definition]) => {
    const least = definition.kind === 'basic' ? shortest.basic : shortest.others
    return [...written(definition), ...others(definition)].map((said) => ({ where: `security.${name}`, said, least }))
  })
  const ofClients = Object.entries(tokens.clients ?? {}).flatMap(([name, { secret = [] }]) =>
    [secret].flat().map((said) => ({ where: `tokens.clients.${name}`, said, least: shortest.others })),
  )
  const keys = [tokens.key ?? []].flat().map((said) => ({ where: 'tokens.key', said, least: shortest.others }))
  return [...ofDefinitions, ...ofClients, ...keys]
}

function others(definition: Definition): readonly string[] {
  if (definition.kind !== 'bearer') return []
  const { jwt, introspection } = definition
  // A public key is nobody's secret.
  const key = jwt?.algorithms.some((each) => each.startsWith('HS')) ? jwt.key : undefined
  return [key, introspection?.clientSecret].filter((each) => each !== undefined)
}
