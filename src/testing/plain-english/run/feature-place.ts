/** Where scenarios are: in a file or a folder; with lines only those at them. */
export interface FeaturePlace {
  readonly path: string
  readonly lines: readonly number[]
}

/** Reads `features/login.feature:12:30`; the colon behind the drive of a Windows path is none of a line. */
export function featurePlace(text: string): FeaturePlace {
  const [, path = text, lines = ''] = /^(.+?)((?::\d+)+)$/s.exec(text) ?? []
  return { path, lines: lines.split(':').filter(Boolean).map(Number) }
}

/** Writes a place as {@link featurePlace} reads it. */
export function placeText({ path, lines }: FeaturePlace): string {
  return [path, ...lines].join(':')
}
