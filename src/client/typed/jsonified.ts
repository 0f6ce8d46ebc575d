/**
 * A value as JSON carries it: what has `toJSON` is what that gives, so a `Date` is a text; members that JSON leaves out
 * are not there, and in lists they are null.
 */
export type Jsonified<T> = 0 extends 1 & T
  ? T
  : unknown extends T
    ? unknown
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends { readonly toJSON: (...all: never) => infer Given }
        ? Jsonified<Given>
        : T extends bigint | symbol | ((...all: never) => unknown)
          ? never
          : T extends readonly unknown[]
            ? { [At in keyof T]: JsonItem<T[At]> }
            : T extends object
              ? JsonMembers<T>
              : never

type JsonItem<T> = T extends undefined | symbol | ((...all: never) => unknown) ? null : Jsonified<T>

/** Members that may be undefined may be missing; what JSON cannot carry is. */
type JsonMembers<T> = { [Name in keyof T as Carried<Name, T[Name]>]: Jsonified<T[Name]> }

type Carried<Name, Value> = Name extends symbol
  ? never
  : 0 extends 1 & Value
    ? Name
    : [Value] extends [symbol | ((...all: never) => unknown)]
      ? never
      : Name
