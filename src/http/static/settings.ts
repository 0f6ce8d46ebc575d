/** A folder of files that are served as they are. */
export interface StaticFolder {
  /** Where it is: relative to the app's folder, or to where the process runs for an app without one. */
  readonly folder: string
  /** The file of a single-page app, such as `index.html`: the page for all paths that no file has. */
  readonly spa?: string
  /** The file that stands for its folder; `index.html` if it is not given. */
  readonly index?: string
  /** How long clients may use a file without asking again, in seconds; they ask each time if it is not given. */
  readonly maxAge?: number
  /** The paths of files that never change, such as those with a hash in their names: `/\.[0-9a-f]{8}\./`. */
  readonly immutable?: RegExp
  /** Whether files with a dot in front are served, as those in `.well-known` are; `deny` if it is not given. */
  readonly dotfiles?: 'deny' | 'allow'
  /** Whether links may lead out of the folder; not if it is not given. */
  readonly outside?: boolean
  /** Whether `app.js.br`, `.zst` and `.gz` are sent for `app.js` to clients that take them; true unless it is turned off. */
  readonly precompressed?: boolean
  /** Headers of each file. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What an app serves beside its channels. */
export interface StaticSettings {
  /**
   * Folders of files, or their paths alone, by the path below which they are served; `/` for all. Whatever path a
   * channel answers is the channel's.
   */
  readonly static?: Readonly<Record<string, string | StaticFolder>> | undefined
}
