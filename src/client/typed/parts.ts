import type { Operation } from './operation.ts'

/** Methods whose input comes from the query where nothing else is said. */
type Bodiless = 'GET' | 'HEAD' | 'DELETE' | 'OPTIONS'

/** The names between braces in a path template. */
type PathParam<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Spanning}*` ? Spanning : Name) | PathParam<Rest>
  : never

/** The members that a channel places in one part of the request. */
type NamesIn<Sources, Place extends string> = {
  [Name in keyof Sources]: Sources[Name] extends Place | { readonly in: Place } ? Name : never
}[keyof Sources]

/** The name under which a member is sent: its own if the channel says no other, in a header with `-` for `_`. */
type Sent<Name, Source> = Source extends { readonly name: infer Given extends string }
  ? Given
  : Source extends 'header' | { readonly in: 'header' }
    ? Hyphenated<Name & string>
    : Name & string

type Hyphenated<Name extends string> = Name extends `${infer Before}_${infer After}`
  ? `${Before}-${Hyphenated<After>}`
  : Name

type SourceOf<Sources, Name> = Name extends keyof Sources ? Sources[Name] : undefined

/** Members of an input under the names by which they are sent. */
type Part<Input, Names, Sources> = {
  [Name in keyof Input as Name extends Names ? Sent<Name, SourceOf<Sources, Name>> : never]: Input[Name]
}

/** What is in the path and no member of the input, such as a version. */
type Implied<Input, Names extends string> = [Exclude<Names, keyof Input>] extends [never]
  ? unknown
  : { readonly [Name in Exclude<Names, keyof Input>]: string | number }

/** The members that the channel does not place. */
type Rest<Input, O extends Operation> = Exclude<keyof Input, PathParam<O['path']> | keyof O['in']>

type InParams<Input, O extends Operation, Method> =
  | PathParam<O['path']>
  | NamesIn<O['in'], 'query'>
  | (Method extends Bodiless ? Rest<Input, O> : never)

type InBody<Input, O extends Operation, Method> =
  | Exclude<NamesIn<O['in'], 'body'>, PathParam<O['path']>>
  | (Method extends Bodiless ? never : Rest<Input, O>)

/** The members of an input that go into the path and the query. */
export type ParamsOf<Input, O extends Operation, Method> = Part<Input, InParams<Input, O, Method>, O['in']> &
  Implied<Input, PathParam<O['path']>>

/** The members of an input that go into the body. */
export type BodyOf<Input, O extends Operation, Method> = Part<Input, InBody<Input, O, Method>, O['in']>

/** The members of an input that go into headers or cookies. */
export type PlacedOf<Input, O extends Operation, Place extends 'header' | 'cookie'> = Part<
  Input,
  Exclude<NamesIn<O['in'], Place>, PathParam<O['path']>>,
  O['in']
>
