/**
 * An entrance that invokes a service, as data. A room that knows a protocol makes them (`get('/path')`), and finds its
 * own among a service's channels by `kind`. `Param` are the names that the address itself takes from the input: the
 * compiler checks them against the input model.
 */
export interface Channel<out Param extends string = string> {
  /** The protocol, such as `rest`. */
  readonly kind: string
  /** The entrance as people write it, such as `GET /users/{id}`. */
  readonly address: string
  /** The members of the input that the address carries. */
  readonly params: readonly Param[]
}
