import { isIdentifier } from './words.ts'

/** Gives names, each once. */
export interface Names {
  /** The wanted name, or the first free one with a number behind it. */
  readonly take: (wanted: string, otherwise: string) => string
}

/** The types of the client that emitted files use, in the order of their import. */
export const clientTypes: readonly string[] = [
  ...['Client', 'EventsOptions', 'FilePart', 'HttpError', 'Reply', 'ReplyPromise', 'RequestOptions'],
  ...['ServerSentEvent', 'StreamReply'],
]

/** What a type must not be called: words of the language, and the types that the emitted file itself uses. */
export const takenTypes: readonly string[] = [
  ...['any', 'unknown', 'never', 'void', 'null', 'undefined', 'object', 'string', 'number', 'boolean', 'symbol'],
  ...['bigint', 'Blob', 'File', 'Record', 'Promise', 'AsyncIterable', 'Array', 'Uint8Array', 'ReadableStream', 'Date'],
  ...['CallOptions', 'Omit', 'JSON', 'String', 'Object', 'Error', 'Response', 'FormData', 'Headers', 'Request'],
  ...['ArrayBuffer', 'AsyncIterableIterator', ...clientTypes],
]

/** Makes a giver of names, of which some are taken. */
export function namesBeside(taken: readonly string[]): Names {
  const used = new Set(taken)
  return {
    take: (wanted, otherwise) => {
      const base = isIdentifier(wanted) ? wanted : isIdentifier(otherwise + wanted) ? otherwise + wanted : otherwise
      const start = used.has(base) && taken.includes(base) ? `${base}${otherwise}` : base
      let name = start
      for (let number = 2; used.has(name); number++) name = `${start}${number}`
      used.add(name)
      return name
    },
  }
}
