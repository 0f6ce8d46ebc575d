/** Which pages of other origins may call the API from a browser (CORS, in the Fetch standard). */
export interface CorsOptions {
  /** Origins such as `https://app.example.com`, patterns that match them whole, or `*` for any. */
  readonly origins: '*' | readonly (string | RegExp)[] | ((origin: string) => boolean)
  /** Whether browsers send cookies and credentials; not together with `*`. False if it is not given. */
  readonly credentials?: boolean
  /** Methods that are allowed; those that the path answers if it is not given. */
  readonly methods?: readonly string[]
  /** Headers that requests may carry; all that the browser asks for if it is not given. */
  readonly headers?: readonly string[]
  /** Headers that pages may read; {@link exposedHeaders} if it is not given. */
  readonly expose?: readonly string[]
  /** How long browsers may remember a preflight, in seconds; 600 if it is not given. */
  readonly maxAge?: number
  /** Whether pages of public networks may call an API in a private one (Private Network Access). */
  readonly privateNetwork?: boolean
}

/** The setting that says who may call from a browser, of an app, a group or a channel. */
export interface CorsSettings {
  /** `true` lets any origin call without credentials; without the setting, only pages of the API's own origin can. */
  readonly cors?: boolean | CorsOptions
}

/** What pages may read of a reply beside what browsers always show them. */
export const exposedHeaders: readonly string[] = [
  'X-Correlation-ID',
  'Location',
  'ETag',
  'Link',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Deprecation',
  'Sunset',
  'Idempotency-Replayed',
]

/** What is wrong with the setting, as the end of a sentence. */
export function corsFault(cors: CorsSettings['cors']): string | undefined {
  if (typeof cors !== 'object') return undefined
  const { origins, credentials, maxAge } = cors
  if (origins === '*' && credentials === true) {
    return "allows credentials to any origin, which browsers refuse: list the origins, or leave 'credentials' out"
  }
  const broken = Array.isArray(origins)
    ? origins.find((each) => typeof each === 'string' && !isOrigin(each))
    : undefined
  if (broken !== undefined) {
    return `lists '${broken}', which is no origin: write scheme, host and port only, such as https://app.example.com`
  }
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= -1)) {
    return `has the maxAge ${maxAge}: give whole seconds`
  }
  return undefined
}

function isOrigin(text: string): boolean {
  return text === 'null' || (URL.canParse(text) && new URL(text).origin === text) || isCustomOrigin(text)
}

/** Apps in shells have origins of their own schemes, such as `capacitor://localhost`. */
function isCustomOrigin(text: string): boolean {
  return /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/.test(text)
}
