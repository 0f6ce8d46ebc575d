/** What one request brought, before redirects are followed. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
}
