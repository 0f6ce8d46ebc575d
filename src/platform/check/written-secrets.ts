import { filledFrom } from '../../security/definitions/environment-text.ts'
import { guessedPasswords } from '../../security/passwords/guessed-passwords.ts'
import type { CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'
import { type WrittenText, writtenTexts } from './written-texts.ts'

/** Secrets that stand in the code or in the configuration, where everybody reads them who reads those. */
export function plainSecrets(app: CheckedApp): readonly CheckFinding[] {
  return secretsOf(app).flatMap(({ where, said }): readonly CheckFinding[] => {
    // What comes from the environment, or was made a moment ago, stands in no file.
    const source = isTaken(said) ? undefined : app.sources.find(({ text }) => stands(text, said))
    if (source === undefined) return []
    const message = `Its secret stands in plain text in ${source.file}: take it from an environment variable.`
    return [{ level: 'warning', code: 'plain_secret', where, message }]
  })
}

/** Whether a secret is in a text, and not only within a longer word. */
function stands(text: string, said: string): boolean {
  for (let at = text.indexOf(said); at !== -1; at = text.indexOf(said, at + 1)) {
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + said.length))) return true
  }
  return false
}

function isTaken(said: string): boolean {
  return said === '' || /\$\{[A-Za-z_]/.test(said)
}

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

/** A public key is nobody's secret. */
function secretsOf(app: CheckedApp): readonly WrittenText[] {
  return writtenTexts(app).filter(({ isPublic }) => !isPublic)
}
