/** What differs between databases in the statements that steps write. */
export interface Dialect {
  readonly name: string
  /** The placeholder of a value, by its place from 1. */
  readonly placeholder: (place: number) => string
  /** The types of columns for whole numbers, other numbers, and texts. */
  readonly types: { readonly integer: string; readonly real: string; readonly text: string }
}

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>

/** An open connection to a database. */
export interface Database {
  readonly dialect: Dialect
  /** Runs one statement; what it returns are JSON values. */
  readonly query: (sql: string, values?: readonly (string | null)[]) => Promise<readonly Row[]>
  /** Runs statements one after another. */
  readonly script: (sql: string) => Promise<void>
  readonly close: () => Promise<void>
}
