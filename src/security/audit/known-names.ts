import type { DefinitionBook } from '../definitions/book.ts'

/** Tells whether a user name is that of a Basic definition that counts now. */
export function knownNames(book: Pick<DefinitionBook, 'version' | 'definitions'>): (username: string) => boolean {
  let version = Number.NaN
  let names: ReadonlySet<string> = new Set()
  return (username) => {
    try {
      const now = book.version()
      if (now !== version) {
        names = new Set(
          book.definitions().flatMap(({ definition: each }) => (each.kind === 'basic' ? [each.username] : [])),
        )
        version = now
      }
    } catch {
      // A call is refused, and its event told, also while definitions cannot be read.
      return false
    }
    return names.has(username)
  }
}
