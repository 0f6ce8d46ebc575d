import type { HeaderSettings } from '../settings.ts'
import type { Operation } from './operation.ts'
import type { BodyOf, ParamsOf, PlacedOf } from './parts.ts'

/** What a call gives beside its path, as the types of the server have it; `Other` are the settings of any call. */
export type CallOf<O, Method, Other> = O extends Operation ? OfInput<O['input'], O, Method, Other> : never

/** The arguments behind the path: none are needed where nothing is required. */
export type Arguments<Call> = Record<never, never> extends Call ? [settings?: Call] : [settings: Call]

type OfInput<Input, O extends Operation, Method, Other> = unknown extends Input
  ? Other & { readonly params?: object; readonly json?: unknown } & AnyHeaders
  : Input extends readonly unknown[] | string | number | boolean | null | undefined
    ? Other & Whole<Input> & Given<'params', ParamsOf<Record<never, never>, O, Method>> & AnyHeaders
    : Other &
        Given<'params', ParamsOf<Input, O, Method>> &
        Body<BodyOf<Input, O, Method>> &
        Headers<PlacedOf<Input, O, 'header'>> &
        Given<'cookies', PlacedOf<Input, O, 'cookie'>>

/** An input that is the whole body. */
type Whole<Input> = Input extends undefined ? unknown : { readonly json: Input }

/** Members under a setting, which may be left out where none of them is required, and is not there where there are none. */
type Given<Name extends string, Members> = [keyof Members] extends [never]
  ? unknown
  : Record<never, never> extends Members
    ? { readonly [Setting in Name]?: Plain<Members> }
    : { readonly [Setting in Name]: Plain<Members> }

/** Headers that the input has, and any other: of authentication, of conditions, of what is accepted. */
type Headers<Members> = [keyof Members] extends [never]
  ? AnyHeaders
  : Given<'headers', Members & { readonly [name: string]: unknown }>

interface AnyHeaders {
  readonly headers?: HeaderSettings | undefined
}

/** A body as JSON; what holds files or bytes goes as a form or as it is, and the types say nothing of it. */
type Body<Members> = [keyof Members] extends [never]
  ? unknown
  : true extends HasBytes<Members>
    ? unknown
    : Record<never, never> extends Members
      ? { readonly json?: Plain<Members> }
      : { readonly json: Plain<Members> }

type HasBytes<Members> = {
  [Name in keyof Members]-?: NonNullable<Members[Name]> extends Blob | readonly Blob[] | Uint8Array ? true : false
}[keyof Members]

/** Shown member by member in messages and editors, and not by the names of the types that it was made by. */
type Plain<Members> = { [Name in keyof Members]: Members[Name] } & {}
