import type { Client } from '../client.ts'
import type { Reply, ReplyPromise } from '../reply.ts'
import type { ClientSettings, RequestOptions } from '../settings.ts'
import type { Arguments, CallOf } from './call.ts'
import type { Jsonified } from './jsonified.ts'
import type { Operation, OperationsOf } from './operation.ts'

/** What a call may say whatever the server's types are; what goes into the request is theirs to say. */
type Settings = Omit<RequestOptions, 'params' | 'json' | 'headers' | 'cookies'>

/** The reply to a call: its content is the output as JSON carries it, or the items of a stream one by one. */
export type TypedReply<Output> =
  Output extends AsyncIterable<infer Item> ? StreamReply<Jsonified<Item>> : ReplyPromise<Jsonified<Output>>

/** A reply whose content comes item by item, and is no single value. */
export interface StreamReply<Item>
  extends Omit<ReplyPromise<Item>, 'json' | keyof Promise<unknown>>,
    Promise<Reply<Item>> {}

/** What goes behind the path, by the paths of one method. */
type CallsOf<All extends Operation, Methods, Method> = {
  readonly [Each in All as Each['method'] extends Methods ? Each['path'] : never]: Arguments<
    CallOf<Each, Method, Settings>
  >
}

/** What comes back, by the paths of one method. */
type RepliesOf<All extends Operation, Methods> = {
  readonly [Each in All as Each['method'] extends Methods ? Each['path'] : never]: TypedReply<Each['output']>
}

type PathsOf<All extends Operation, Methods> = All extends { readonly method: Methods } ? All['path'] : never

/**
 * Asks the server by method and path. All that the compiler looks up is in tables: what it had to work out from the path
 * anew would cost each call as much as there are paths.
 */
type Ask<
  Paths extends string,
  Calls extends { readonly [path: string]: readonly unknown[] },
  Replies extends { readonly [path: string]: unknown },
> = <Path extends Paths>(path: Path, ...settings: Calls[Path]) => Replies[Path]

type AskBy<All extends Operation, Methods, Method> = Ask<
  PathsOf<All, Methods>,
  CallsOf<All, Methods, Method>,
  RepliesOf<All, Methods>
>

/** A client that knows every operation of an app: its paths by method, what each takes, and what it answers. */
export interface TypedClient<Api> extends Pick<Client, 'options' | 'request' | 'pages' | 'items' | 'cookies' | 'url'> {
  /** Calls by GET. */
  readonly get: AskBy<OperationsOf<Api>, 'GET' | '*', 'GET'>
  /** Calls by HEAD, which every GET answers too. */
  readonly head: AskBy<OperationsOf<Api>, 'HEAD' | 'GET' | '*', 'HEAD'>
  /** Calls by POST. */
  readonly post: AskBy<OperationsOf<Api>, 'POST' | '*', 'POST'>
  /** Calls by PUT. */
  readonly put: AskBy<OperationsOf<Api>, 'PUT' | '*', 'PUT'>
  /** Calls by PATCH. */
  readonly patch: AskBy<OperationsOf<Api>, 'PATCH' | '*', 'PATCH'>
  /** Calls by DELETE. */
  readonly delete: AskBy<OperationsOf<Api>, 'DELETE' | '*', 'DELETE'>
  /** Calls by QUERY. */
  readonly query: AskBy<OperationsOf<Api>, 'QUERY' | '*', 'QUERY'>
  /** A client with these settings laid over those of this one. */
  readonly extend: (settings: Omit<ClientSettings, 'envelope'>) => TypedClient<Api>
}

/** The client of an app; one that knows no path where the app's type knows no service. */
export type ClientOf<Api> = [OperationsOf<Api>] extends [never] ? Client : TypedClient<Api>
