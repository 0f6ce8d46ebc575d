/** A document that does not describe an API as OpenAPI says: one sentence with the place, as a JSON Pointer. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  /** A JSON Pointer as a URI fragment, such as `#/paths/~1users/get`; `#` for the document itself. */
  readonly pointer: string

  constructor(message: string, pointer: string) {
    super(message)
    this.pointer = pointer
  }
}

/** Makes the error of a place in a document; `what` goes on after its name: `is a list, not a text`. */
export function faultAt(place: { readonly pointer: string }, what: string): DocumentError {
  const { pointer } = place
  const subject = pointer === '#' ? 'The API description' : `In the API description, ${pointer}`
  return new DocumentError(`${subject} ${what}.`, pointer)
}
