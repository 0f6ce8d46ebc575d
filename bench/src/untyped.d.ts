// The parts of autocannon and Express that the bench uses; neither package ships types.

declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request {
    readonly method: string
    readonly path: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  }

  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly sampleInt: number
    readonly requests: readonly Request[]
  }

  interface Result {
    readonly start: Date
    readonly finish: Date
    readonly errors: number
    readonly non2xx: number
    readonly requests: { readonly total: number }
  }

  type Done = (error: Error | null, result: Result) => void

  function autocannon(options: Options, done: Done): EventEmitter
  export = autocannon
}

declare module 'express' {
  import type { RequestListener, Server } from 'node:http'

  interface Request {
    readonly params: Readonly<Record<string, string>>
    readonly body: unknown
  }

  interface Response {
    status(code: number): Response
    json(body: unknown): void
  }

  type Handler = (request: Request, response: Response) => void

  interface Application {
    use(middleware: RequestListener): void
    get(path: string, handler: Handler): void
    post(path: string, handler: Handler): void
    listen(port: number, host: string, listening: () => void): Server
  }

  interface Express {
    (): Application
    json(): RequestListener
  }

  const express: Express
  export = express
}
