/** The parts of a request that may carry one and the same member. */
export type Carrier = 'path' | 'body' | 'query'

/** How the input of a channel is put together. */
export interface InputSettings {
  /**
   * Which part counts when several carry one member, the strongest first; path, body, query if it is not given. What a
   * channel places in a header or cookie is taken from nowhere else.
   */
  readonly priority?: readonly [Carrier, Carrier, Carrier]
  /**
   * How the query writes lists: `?a=1&a=2` (`repeat`, also as `?a[]=1&a[]=2`, if it is not given), or in one text with
   * commas, blanks or pipes between them.
   */
  readonly lists?: 'repeat' | 'comma' | 'space' | 'pipe'
}

/** What stands between the items of a list in one text. */
export const separators: Readonly<Record<NonNullable<InputSettings['lists']>, string | undefined>> = {
  repeat: undefined,
  comma: ',',
  space: ' ',
  pipe: '|',
}

/** The usual order of {@link InputSettings.priority}. */
export const usualPriority: readonly Carrier[] = ['path', 'body', 'query']
