import type { Row } from './row.ts'

const open = 'Given I connect to "sqlite://" as "db"\n'
const made = `${open}And I create SQL table "cars" and insert data from csv "cars.csv", using "db"\n`

/** Steps that a connection is needed for. */
const connected: readonly (readonly [before: string, sentence: string])[] = [
  [made, 'I store "select * from cars" query result under "cars", using "db"'],
  [made, 'I insert "3, Seat" into "id, brand" of SQL table "cars", using "db"'],
  [made, 'I update "brand" of SQL table "cars" set "Seat" filter by "id = 1", using "db"'],
  [made, 'I delete from SQL table "cars" where "id = 1", using "db"'],
  [open, 'I create SQL table "cars" and insert data from csv "cars.csv", using "db"'],
  [open, 'I create SQL table "cars" and insert data from csv "cars.csv" with types "integer, text", using "db"'],
  [open, 'I create SQL table "cars" with columns "id, brand" and insert "1, Audi", using "db"'],
  [made, 'I insert data from csv "cars.csv" to SQL table "cars", using "db"'],
  [open, 'I disconnect from SQL "db"'],
]

/** The rows of databases. */
export const sqlRows: readonly Row[] = [
  {
    right: 'Given I connect to "sqlite://" as "db"',
    wrong: 'Given I connect to "oracle://x" as "db"',
    fault:
      'The database "oracle://x" cannot be opened: this kind is not known; write "sqlite:data.db", "sqlite://" or "postgres://…"',
  },
  {
    right: 'Given I store filter "id" is "=" "1" "and" under "one"',
    wrong: 'Given I store filter "id" is "~" "1" "and" under "one"',
    fault: '"~" compares nothing in SQL: use one of =, ==, !=, <>, <, <=, >, >=, LIKE, NOT LIKE, IS, IS NOT',
  },
  {
    right: `${made}Then SQL "select brand from cars where id = 2" is equal to "Fiat", using "db"`,
    wrong: `${made}Then SQL "select brand from cars where id = 2" is equal to "Audi", using "db"`,
    fault: 'SQL "select brand from cars where id = 2" gives "Fiat", not "Audi"',
  },
  ...connected.map(
    ([before, sentence]): Row => ({
      right: `${before}And ${sentence}`,
      wrong: `Given ${sentence}`,
      fault: `No database is connected as "db": write 'I connect to "sqlite:data.db" as "db"' before`,
    }),
  ),
]
