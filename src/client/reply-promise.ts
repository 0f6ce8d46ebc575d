import type { Readings, Reply, ReplyPromise } from './reply.ts'

/** What the reader of a reply wants it to be; it counts until the request is sent. */
export interface Wanted {
  accept?: string
}

/** The promise of a reply, with the ways to read its body at once. */
export function replyPromise<T>(reply: Promise<Reply<T>>, wanted: Wanted): ReplyPromise<T> {
  const good = (): Promise<Reply<T>> => reply.then((each) => each.raiseForStatus())

  async function* streamed<Item>(
    read: (reply: Readings<T>) => AsyncIterable<Item>,
  ): AsyncGenerator<Item, void, undefined> {
    yield* read(await good())
  }

  const readings: Omit<ReplyPromise<T>, keyof Promise<Reply<T>>> = {
    json: async (schema) => (await good()).json(schema),
    text: async () => (await good()).text(),
    bytes: async () => (await good()).bytes(),
    blob: async () => (await good()).blob(),
    formData: async () => (await good()).formData(),
    stream: async () => (await good()).stream(),
    lines: (options) => streamed((each) => each.lines(options)),
    items: (options) => streamed((each) => each.items(options)),
    events: (options) => {
      wanted.accept = 'text/event-stream'
      return streamed((each) => each.events(options))
    },
    raiseForStatus: good,
  }
  return Object.assign(reply, readings)
}
