/** Lets go of a reply that nobody reads, so that its connection is free. */
export async function discard(reply: Response | { readonly discard: () => Promise<void> }): Promise<void> {
  // A body that is read, or broken, needs no letting go.
  await ('discard' in reply ? reply.discard() : reply.body?.cancel())?.catch(() => {})
}
