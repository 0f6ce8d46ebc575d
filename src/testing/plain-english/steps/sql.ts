import { expect } from '../expectation.ts'
import { connect, connection, disconnect } from '../sql/connections.ts'
import { csvFile } from '../sql/csv-file.ts'
import { withCondition } from '../sql/filter.ts'
import { isResult, resultShown } from '../sql/query-result.ts'
import { createTable, deleteRows, insertRows, sqlValue, updateRows } from '../sql/statements.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import { givenFile } from '../values/given-file.ts'
import { givenNumber } from '../values/given-number.ts'
import { givenList } from '../values/list-text.ts'
import { shown } from '../values/shown.ts'
import { filledInSql, textOf, wholeReference } from '../variables.ts'
import type { World } from '../world.ts'

const open = 'Given I connect to "sqlite://" as "shop"'
const table = lines(
  open,
  'And the SQL table "cars" is made, using "shop"',
  '  | id | brand |',
  '  | 1  | Audi  |',
  '  | 2  | Fiat  |',
)

/** Databases: what a test prepares in them and finds there. */
export const sqlSteps: readonly Step[] = [
  step({
    phrase: 'I connect to {text} as {text}',
    summary: 'Connects to SQLite (`sqlite:data.db`, or `sqlite://` in memory) or PostgreSQL until the feature ends.',
    example: lines(open, 'Then SQL "select 1 + 1" is equal to "2", using "shop"'),
    run: connect,
  }),
  step({
    phrase: 'I disconnect from SQL {text}',
    summary: 'Closes a connection before the feature ends.',
    example: lines(open, 'And I disconnect from SQL "shop"'),
    run: disconnect,
  }),
  step({
    phrase: 'the SQL table {text} is made, using {text}',
    summary: 'Makes a table with the columns and rows of the table below; `NULL` is no value.',
    example: lines(table, 'Then SQL "select brand from cars where id = 2" is equal to "Fiat", using "shop"'),
    run: (world, name, using) => {
      const [columns = [], ...rows] = tableOf(world)
      return createTable(connection(world, using), name, columns, cells(world, rows))
    },
  }),
  step({
    phrase: 'the SQL table {text} has, using {text}',
    also: ['I insert into SQL table {text}, using {text}'],
    summary: 'Inserts the rows of the table below, whose first line names the columns.',
    example: lines(
      table,
      'And the SQL table "cars" has, using "shop"',
      '  | id | brand |',
      '  | 3  | Seat  |',
      'Then SQL "select count(*) from cars" is equal to "3", using "shop"',
    ),
    run: (world, name, using) => {
      const [columns = [], ...rows] = tableOf(world)
      return insertRows(connection(world, using), name, columns, cells(world, rows))
    },
  }),
  step({
    phrase: 'I run SQL, using {text}',
    summary: 'Runs the statements of the doc string.',
    example: lines(
      open,
      'And I run SQL, using "shop"',
      '  """',
      '  create table cars (id integer);',
      '  insert into cars values (7);',
      '  """',
      'Then SQL "select id from cars" is equal to "7", using "shop"',
    ),
    run: async (world, using) => {
      if (world.docString === undefined)
        throw new Error('The step needs a doc string below it, between two lines of """')
      await connection(world, using).script(filledInSql(world.docString.content, world.variables))
    },
  }),
  step({
    phrase: 'I run SQL {name}, using {text}',
    summary: 'Runs a statement.',
    example: lines(
      table,
      'And I run SQL "delete from cars where id = 1", using "shop"',
      'Then SQL "select id from cars" is equal to "2", using "shop"',
    ),
    run: (world, sql, using) => connection(world, using).script(filledInSql(sql, world.variables)),
  }),
  step({
    phrase: 'I run the SQL file {text}, using {text}',
    summary: 'Runs the statements of a file, in the folder `sql` or beside the feature.',
    example: lines(
      open,
      'And I run the SQL file "cars.sql", using "shop"',
      'Then SQL "select brand from cars" is equal to "Audi", using "shop"',
    ),
    run: async (world, file, using) => {
      await connection(world, using).script(await givenFile(world, file, ['sql'], '.sql'))
    },
  }),
  step({
    phrase: 'I store {name} query result under {name}, using {text}',
    summary: 'Stores the rows of a query as a list of objects.',
    example: lines(
      table,
      'And I store "select * from cars order by id" query result under "cars", using "shop"',
      'Then variable "#cars.1.brand" is "Fiat"',
    ),
    run: async (world, sql, name, using) => {
      storeValue(world, name, await connection(world, using).query(filledInSql(sql, world.variables)))
    },
  }),
  step({
    phrase: 'I store filter {text} is {text} {value} {text} under {name}',
    summary:
      'Stores a condition on a column, for an update or a delete; one more under the same name is joined with "and" or "or".',
    example: lines(
      table,
      'And I store filter "id" is ">" "1" "and" under "later"',
      'And I store filter "brand" is "=" "Fiat" "" under "later"',
      'And I delete from SQL table "cars" where "#later", using "shop"',
      'Then SQL "select id from cars" is equal to "1", using "shop"',
    ),
    run: (world, column, sign, value, operator, name) => {
      const before = world.variables.stored.get(name)
      storeValue(world, name, withCondition(before, { column, sign, value: sqlValue(value), operator }))
    },
  }),
  step({
    phrase: 'I insert {value} into {value} of SQL table {text}, using {text}',
    summary: 'Inserts a row: a list of values, and one of columns.',
    example: lines(
      table,
      'And I insert "3, Seat" into "id, brand" of SQL table "cars", using "shop"',
      'Then SQL "select brand from cars where id = 3" is equal to "Seat", using "shop"',
    ),
    run: (world, values, columns, name, using) =>
      insertRows(connection(world, using), name, givenList(columns).map(textOf), [givenList(values).map(sqlValue)]),
  }),
  step({
    phrase: 'I update {value} of SQL table {text} set {value} filter by {name}, using {text}',
    summary: 'Sets columns to values where a filter or a condition in SQL holds; "*" is all rows.',
    example: lines(
      table,
      'And I update "brand" of SQL table "cars" set "Seat" filter by "id = 1", using "shop"',
      'Then SQL "select brand from cars order by id" is equal to "Seat, Fiat", using "shop"',
    ),
    run: (world, columns, name, values, filter, using) =>
      updateRows(
        connection(world, using),
        name,
        givenList(columns).map(textOf),
        givenList(values).map(sqlValue),
        givenFilter(world, filter),
      ),
  }),
  step({
    phrase: 'I delete from SQL table {text} where {name}, using {text}',
    summary: 'Deletes the rows for which a filter or a condition in SQL holds; "*" is all rows.',
    example: lines(
      table,
      'And I delete from SQL table "cars" where "id = 1", using "shop"',
      'Then SQL "select id from cars" is equal to "2", using "shop"',
    ),
    run: (world, name, filter, using) => deleteRows(connection(world, using), name, givenFilter(world, filter)),
  }),
  step({
    phrase: 'I create SQL table {text} and insert data from csv {text}, using {text}',
    also: ['I create SQL table {text} and insert data from CSV {text}, using {text}'],
    summary:
      'Makes a table of a CSV file, in the folder `csv` or beside the feature; types are those that all values have.',
    example: lines(
      open,
      'And I create SQL table "cars" and insert data from csv "cars.csv", using "shop"',
      'Then SQL "select brand from cars where id = 2" is equal to "Fiat", using "shop"',
    ),
    run: async (world, name, file, using) => {
      const { columns, rows } = await csvFile(world, file)
      await createTable(connection(world, using), name, columns, rows)
    },
  }),
  step({
    phrase: 'I create SQL table {text} and insert data from csv {text} with types {value}, using {text}',
    also: ['I create SQL table {text} and insert data from CSV {text} with types {value}, using {text}'],
    summary: 'Makes a table of a CSV file with a list of types, one for each column.',
    example: lines(
      open,
      'And I create SQL table "cars" and insert data from csv "cars.csv" with types "integer, text", using "shop"',
      'Then SQL "select brand from cars where id = 2" is equal to "Fiat", using "shop"',
    ),
    run: async (world, name, file, types, using) => {
      const { columns, rows } = await csvFile(world, file)
      await createTable(connection(world, using), name, columns, rows, givenList(types).map(textOf))
    },
  }),
  step({
    phrase: 'I create SQL table {text} with columns {value} and insert {value}, using {text}',
    summary: 'Makes a table with a list of columns and one row of values.',
    example: lines(
      open,
      'And I create SQL table "cars" with columns "id, brand" and insert "1, Audi", using "shop"',
      'Then SQL "select brand from cars" is equal to "Audi", using "shop"',
    ),
    run: (world, name, columns, values, using) =>
      createTable(connection(world, using), name, givenList(columns).map(textOf), [givenList(values).map(sqlValue)]),
  }),
  step({
    phrase: 'I insert data from csv {text} to SQL table {text}, using {text}',
    also: ['I insert data from CSV {text} to SQL table {text}, using {text}'],
    summary: 'Inserts the rows of a CSV file, whose first line names the columns.',
    example: lines(
      table,
      'And I insert data from csv "cars.csv" to SQL table "cars", using "shop"',
      'Then SQL "select * from cars" gives "4" rows, using "shop"',
    ),
    run: async (world, file, name, using) => {
      const { columns, rows } = await csvFile(world, file)
      await insertRows(connection(world, using), name, columns, rows)
    },
  }),
  step({
    phrase: 'SQL {name} is equal to {value}, using {text}',
    kind: 'check',
    summary: 'A query gives this: one value, a list of one column or row, or rows as JSON or as a literal of Python.',
    example: lines(
      table,
      `Then SQL "select id, brand from cars order by id" is equal to "[(1, 'Audi'), (2, 'Fiat')]", using "shop"`,
    ),
    run: async (world, sql, given, using) => {
      const rows = await connection(world, using).query(filledInSql(sql, world.variables))
      const found = resultShown(rows)
      expect(isResult(rows, given), `SQL "${sql}" gives ${shown(found)}, not ${shown(given)}`, {
        expected: given,
        found,
      })
    },
  }),
  step({
    phrase: 'SQL {name} gives {value} rows, using {text}',
    also: ['SQL {name} gives {value} row, using {text}'],
    kind: 'check',
    summary: 'A query gives so many rows.',
    example: lines(table, 'Then SQL "select * from cars" gives "2" rows, using "shop"'),
    run: async (world, sql, given, using) => {
      const [found, expected] = [
        (await connection(world, using).query(filledInSql(sql, world.variables))).length,
        givenNumber(given),
      ]
      expect(found === expected, `SQL "${sql}" gives ${found} rows, not ${expected}`, { expected, found })
    },
  }),
  step({
    phrase: 'SQL {name} gives, using {text}',
    kind: 'check',
    summary: 'A query gives the rows of the table below, in this order; its first line names the columns to look at.',
    example: lines(
      table,
      'Then SQL "select * from cars order by id" gives, using "shop"',
      '  | brand |',
      '  | Audi  |',
      '  | Fiat  |',
    ),
    run: async (world, sql, using) => {
      const [columns = [], ...rows] = tableOf(world)
      const all = await connection(world, using).query(filledInSql(sql, world.variables))
      const found = all.map((row) => columns.map((name) => cellOf(row[name])))
      const expected = cells(world, rows).map((row) => row.map(cellOf))
      const message = `SQL "${sql}" gives ${shown(found)}, not ${shown(expected)}`
      expect(JSON.stringify(found) === JSON.stringify(expected), message, { expected, found })
    },
  }),
]

function lines(...all: readonly string[]): string {
  return all.join('\n')
}

function tableOf({ table: rows }: World): readonly (readonly string[])[] {
  if (rows === undefined) throw new Error('The step needs a table below it, whose first line names the columns')
  return rows
}

/** A filter that is stored, or a condition in SQL. */
function givenFilter({ variables }: World, written: string): unknown {
  const whole = wholeReference(written, variables)
  return whole === undefined ? filledInSql(written, variables) : whole.value
}

function cells({ resolve }: World, rows: readonly (readonly string[])[]): readonly (readonly (string | null)[])[] {
  return rows.map((row) => row.map((cell) => sqlValue(resolve(cell))))
}

function cellOf(value: unknown): string {
  return value === null || value === undefined ? 'NULL' : textOf(value)
}
