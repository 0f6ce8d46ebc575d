import type { ReadApi } from '../../openapi/read/read-api.ts'

/** The API under test: an app in this process, or a server somewhere. */
export interface Target {
  /** What reports call it, such as `in process` or an address. */
  readonly name: string
  /** Where paths lead when a feature gives no address, such as `http://localhost:17010`, without a slash at its end. */
  readonly address: string
  /** Whether an address that a feature gives means the API under test, wherever that runs. */
  readonly isMeant: (url: URL) => boolean
  /** Whether `send` stays in this process, and so takes requests that `fetch` refuses, such as GET with a body. */
  readonly inProcess?: boolean
  /** Sends a request to the API under test; redirects are not followed. */
  readonly send: (request: Request) => Promise<Response>
  /** What it promises, where a description is known. */
  readonly api: ReadApi | undefined
  /** Its versions, where several stand side by side; `api` is what clients get that name none. */
  readonly versions?: readonly ReadApi[]
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an address is that of an app on this machine, on the port that Trestle serves if nobody says otherwise. */
export function isUsualAddress(url: URL, port: number): boolean {
  return loopback.has(url.hostname) && url.port === String(port)
}
