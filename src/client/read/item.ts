import { checkedBy, type StandardIssue, type StandardSchema } from './standard.ts'

/**
 * An item of a stream, or of a page, that is no JSON or not what its schema says.
 *
 * ```ts
 * const api = client('https://api.example.com', { fetch: () => new Response('{"a":1') })
 * await api.get('/lines').items().next() // throws ItemError: Line 1 is no JSON
 * ```
 */
export class ItemError extends Error {
  override readonly name = 'ItemError'
  /** The line of a stream, or the number of the item in it, counted from 1. */
  readonly position: number
  /** What the schema found; empty where the item is no JSON. */
  readonly issues: readonly StandardIssue[]

  constructor(message: string, position: number, issues: readonly StandardIssue[] = [], options?: ErrorOptions) {
    super(message, options)
    this.position = position
    this.issues = issues
  }
}

/** What items are checked by. */
export interface ItemOptions<T> {
  /** Checks each item, and gives it as the schema makes it; items are not checked if not given. */
  readonly schema?: StandardSchema<T> | undefined
}

/** Where an item stands, for the message: what it is called, and its number from 1. */
export type Place = readonly [what: 'Line' | 'Record' | 'Event' | 'Item', position: number]

/** The item that a JSON text is. @throws ItemError when it is no JSON, or the schema refuses it */
export async function readItem<T>(text: string, place: Place, schema?: StandardSchema<T>): Promise<T> {
  let item: unknown
  try {
    item = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const fault = `is no JSON (${why}): the stream was cut off, or is in another format`
    throw new ItemError(`${place.join(' ')} ${fault}`, place[1], [], { cause: error })
  }
  return checkItem(item, place, schema)
}

/** The item as the schema makes it. @throws ItemError when the schema refuses it */
export async function checkItem<T>(item: unknown, place: Place, schema?: StandardSchema<T>): Promise<T> {
  if (schema === undefined) return item as T
  return checkedBy(schema, item, (what, issues) => new ItemError(`${place.join(' ')} ${what}`, place[1], issues))
}
