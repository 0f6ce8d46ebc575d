import { ItemStream } from './item-stream.ts'
import { isMedia, type Media } from './media.ts'

/** An output that is not there in full when `handle` returns it. */
export type OpenOutput = ItemStream | Media

/** Whether parts of an output are still to come, so that its call goes on. */
export function isOpen(output: unknown): output is OpenOutput {
  if (typeof output !== 'object' || output === null) return false
  if (output instanceof ItemStream) return true
  return isMedia(output) && typeof output.body === 'object' && Symbol.asyncIterator in output.body
}

/** The output, prepared by way of the stream that it is or holds. */
export function withStream(output: OpenOutput, prepare: (stream: ItemStream) => void): OpenOutput {
  if (output instanceof ItemStream) {
    prepare(output)
    return output
  }
  const { body }: { readonly body: unknown } = output
  const stream = new ItemStream(body as AsyncIterable<unknown>, (part) => part)
  prepare(stream)
  const members = { ...Object.getOwnPropertyDescriptors(output), body: { value: stream, enumerable: true } }
  return Object.create(Object.getPrototypeOf(output), members) as Media
}

/** The stream that an output of a running call is or holds. */
export function streamOf(output: unknown): ItemStream | undefined {
  if (output instanceof ItemStream) return output
  const body: unknown = isMedia(output) ? output.body : undefined
  return body instanceof ItemStream ? body : undefined
}

/** Ends the call of a stream that nobody is going to take. */
export async function leaveUnread(output: unknown): Promise<void> {
  await streamOf(output)?.return()
}
