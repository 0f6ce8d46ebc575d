/** An app as the type of a client sees it: what it is, and what the compiler knows of its services. */
interface TypedApp {
  readonly fetch: (request: Request) => Promise<Response>
  readonly types?: { readonly services: unknown; readonly prefix: string | false; readonly envelope: string }
}

/** What a client may be typed by: an app, or the modules of its services as `createApp` takes them. */
export type TypesOf<Api> = Api extends TypedApp
  ? NonNullable<Api['types']>
  : { readonly services: Api; readonly prefix: ''; readonly envelope: 'none' }

/** A service as the type of a client sees it. */
export interface TypedService {
  readonly channels: readonly unknown[]
  readonly handle: (call: never) => unknown
  readonly entrances?: (on: never, bases: never) => void
}

/** What a module exports beside services, and what is not looked into: functions, models, texts and the like. */
type Other =
  | ((...all: never) => unknown)
  | { readonly '~standard': unknown }
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined

type Deepest = readonly [0, 0, 0, 0, 0, 0]

/** The services of a list, or of modules in modules, as a union. */
export type ServicesIn<Tree, Depth extends readonly 0[] = []> = 0 extends 1 & Tree
  ? never
  : Tree extends TypedService
    ? Tree
    : Tree extends Other
      ? never
      : Depth extends Deepest
        ? never
        : Tree extends readonly (infer Each)[]
          ? ServicesIn<Each, [...Depth, 0]>
          : ServicesIn<Tree[keyof Tree], [...Depth, 0]>
