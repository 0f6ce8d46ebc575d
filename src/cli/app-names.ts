/** What a new app is called. */
export interface AppNames extends Readonly<Record<string, string>> {
  /** The name of its npm package. */
  readonly name: string
  /** The name of its API, for people. */
  readonly title: string
}

/** Names a new app after its folder: `employee-api` holds the Employee API. */
export function appNames(folder: string): AppNames {
  const words = folder
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const name = words.join('-') || 'app'
  const shown = (words.at(-1) === 'api' ? words.slice(0, -1) : words).map(
    (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  )
  return { name, title: [...(shown.length === 0 ? ['My'] : shown), 'API'].join(' ') }
}
