/** The address of a client as a member of an event; none where it is not known. */
export function addressOf(client: { readonly clientAddress: string | undefined } | undefined): {
  readonly address?: string
} {
  const address = client?.clientAddress
  return address === undefined ? {} : { address }
}
