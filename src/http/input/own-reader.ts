import { isProblem, problem } from '../../kernel/problem.ts'
import type { Parser } from '../represent/parser.ts'
import type { BodyReader } from './body-reader.ts'

/** Reads bodies with a parser that a user has written. */
export function ownReader({ name, types, parse }: Parser): BodyReader {
  return {
    name,
    types,
    compile: ({ input }) => {
      const schema = input?.json ?? {}
      return (_, { bytes, charset, type: { parameters } }) => {
        const failed = (cause: unknown): never => {
          if (isProblem(cause)) throw cause
          throw problem('malformed_body', `The body is not valid ${name}`, { cause })
        }
        try {
          const value = parse(bytes, { schema, charset, parameters })
          return value instanceof Promise ? value.catch(failed) : value
        } catch (cause) {
          return failed(cause)
        }
      }
    },
  }
}
