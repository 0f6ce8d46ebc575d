import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { postgres, skipWithout } from '../../../../test/machine.ts'
import { type PostgresServer, postgresServer } from '../../../../test/testing/postgres-server.ts'
import { runSteps } from '../../../../test/testing/run-steps.ts'

const table = (...rows: readonly string[]): readonly string[] => rows.map((row) => `| ${row} |`)
const made = [
  'Given the SQL table "the "cars"" is made, using "db"',
  ...table('id | brand | price', '1 | Audi | 9.5', '2 | NULL | 10'),
]
const cars = made.map((line) => line.replace('the "cars"', 'cars'))

interface Folder extends AsyncDisposable {
  readonly path: string
}

async function folder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'trestle-sql-'))
  await mkdir(join(path, 'csv'))
  await mkdir(join(path, 'sql'))
  await writeFile(join(path, 'csv/people.csv'), '\uFEFFid,name,zip,height\n1,"Doe, John",01234,1.8\n2,NULL,10115,2\n')
  await writeFile(join(path, 'csv/short.csv'), 'id,name\n3\n')
  await writeFile(join(path, 'csv/more.csv'), 'id,name\n3,Ann\n')
  await writeFile(join(path, 'sql/seed.sql'), 'create table seed (id integer);\ninsert into seed values (1), (2);')
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

/** What every database does. */
const common: Readonly<Record<string, readonly string[]>> = {
  'a table of rows': [
    ...cars,
    'Then SQL "select brand from cars where id = 1" is equal to "Audi", using "db"',
    'Then SQL "select brand from cars where id = 2" is equal to "None", using "db"',
    'Then SQL "select brand from cars where id = 2" is equal to "null", using "db"',
    'Then SQL "select id from cars order by id" is equal to "1, 2", using "db"',
    'Then SQL "select id from cars order by id" is equal to "[(1,), (2,)]", using "db"',
    'Then SQL "select id, price from cars where id = 1" is equal to "1, 9.5", using "db"',
    'Then SQL "select id, price from cars where id = 1" is equal to "{"id": 1, "price": 9.5}", using "db"',
    `Then SQL "select id, brand from cars order by id" is equal to "[(1, 'Audi'), (2, None)]", using "db"`,
    'Then SQL "select id from cars where id > 2" is equal to "[]", using "db"',
    'Then SQL "select count(*) from cars" is equal to "2", using "db"',
    'Then SQL "select * from cars" gives "2" rows, using "db"',
    'Then SQL "select * from cars where id = 1" gives "1" row, using "db"',
    'Then SQL "select * from cars order by id" gives, using "db"',
    ...table('brand | id', 'Audi | 1', 'NULL | 2'),
  ],
  'rows that are added': [
    ...cars,
    'Given the SQL table "cars" has, using "db"',
    ...table('id | brand', '3 | Seat', '4 | Fiat'),
    'Given I insert "5, "Rolls, Royce"" into "id, brand" of SQL table "cars", using "db"',
    'Then SQL "select brand from cars where id > 2 order by id" is equal to "Seat, Fiat, "Rolls, Royce"", using "db"',
  ],
  'updates and deletes by filter and by condition': [
    ...cars,
    'Given I store filter "id" is ">=" "1" "and" under "later"',
    'Given I store filter "brand" is "=" "Audi" "" under "later"',
    'Given I update "brand, price" of SQL table "cars" set "O\'Neil, 1" filter by "#later", using "db"',
    'Then SQL "select brand, price from cars where id = 1" is equal to "O\'Neil, 1", using "db"',
    'Given I store filter "brand" is "is" "NULL" "" under "none"',
    'Given I delete from SQL table "cars" where "#none", using "db"',
    'Then SQL "select id from cars" is equal to "1", using "db"',
    'Given I store filter "id" is "=" "7" "or" under "either"',
    'Given I store filter "id" is "=" "1" "" under "either"',
    'Given I update "price" of SQL table "cars" set "2" filter by "#either", using "db"',
    'Given I update "brand" of SQL table "cars" set "x" filter by "id = 1", using "db"',
    'Then SQL "select price, brand from cars" is equal to "2, x", using "db"',
    'Given I delete from SQL table "cars" where "*", using "db"',
    'Then SQL "select * from cars" gives "0" rows, using "db"',
  ],
  'results that are stored': [
    ...cars,
    'Given I store "select * from cars order by id" query result under "rows", using "db"',
    'Then variable "#rows.0" is JSON "{"id": 1, "brand": "Audi", "price": 9.5}"',
    'Then variable "#rows.1.brand" is null',
    'Then SQL "select * from cars order by id" is equal to "#rows", using "db"',
  ],
  'names with quotes': [...made, 'Then SQL "select id from "the ""cars""" where id = 1" is equal to "1", using "db"'],
  files: [
    'Given I create SQL table "people" and insert data from csv "people.csv", using "db"',
    'Then SQL "select id, name, zip, height from people order by id" is equal to "[[1, "Doe, John", "01234", 1.8], [2, null, "10115", 2]]", using "db"',
    'Given I insert data from csv "more.csv" to SQL table "people", using "db"',
    'Given I insert data from CSV "more" to SQL table "people", using "db"',
    'Then SQL "select * from people" gives "4" rows, using "db"',
    'Given I create SQL table "typed" and insert data from csv "more.csv" with types "text, text", using "db"',
    'Given I store "select id from typed" query result under "typed", using "db"',
    'Then variable "#typed" is JSON "[{"id": "3"}]"',
    'Given I run the SQL file "seed.sql", using "db"',
    'Then SQL "select id from seed" is equal to "1, 2", using "db"',
    'Given I create SQL table "one" with columns "id, name" and insert "1, x", using "db"',
    'Then SQL "select id, name from one" is equal to "1, x", using "db"',
  ],
  statements: [
    'Given I run SQL, using "db"',
    '"""',
    'create table s (id integer);',
    'insert into s values (#{id});',
    '"""',
    'Given I run SQL "insert into s values (8)", using "db"',
    'Then SQL "select id from s order by id" is equal to "7, 8", using "db"',
  ],
  'whole numbers of any size': [
    'Given I store "select 9007199254740993 as big, 9007199254740991 as safe" query result under "n", using "db"',
    'Then variable "#n.0.safe" is an integer "9007199254740991"',
    'Then variable "#n.0.big" is a string "9007199254740993"',
  ],
}

const faults: readonly (readonly [steps: readonly string[], message: RegExp])[] = [
  [
    [...cars, 'Then SQL "select id from cars order by id" is equal to "2, 1", using "db"'],
    /^SQL "select id from cars order by id" gives \[\{"id":1\},\{"id":2\}\], not "2, 1"$/,
  ],
  [
    [...cars, 'Then SQL "select * from cars" gives "3" rows, using "db"'],
    /^SQL "select \* from cars" gives 2 rows, not 3$/,
  ],
  [
    [...cars, 'Then SQL "select id from cars" gives, using "db"', ...table('id', '1')],
    /^SQL "select id from cars" gives \[\["1"\],\["2"\]\], not \[\["1"\]\]$/,
  ],
  [['Given I run SQL "select * from nothing", using "db"'], /nothing/],
  [
    ['Given I run SQL "select 1", using "bd"'],
    /^No database is connected as "bd": write "db" if that is meant, or write 'I connect to "sqlite:data.db" as "bd"' before$/,
  ],
  [
    ['Given I disconnect from SQL "db"', 'Given I run SQL "select 1", using "db"'],
    /^No database is connected as "db": write 'I connect/,
  ],
  [
    [...cars, 'Given I insert "1" into "id, brand" of SQL table "cars", using "db"'],
    /^A row for the table "cars" has 1 values for 2 columns: id, brand$/,
  ],
  [
    [...cars, 'Given I update "id, brand" of SQL table "cars" set "1" filter by "*", using "db"'],
    /^The update of the table "cars" has 1 values for 2 columns$/,
  ],
  [
    [...cars, 'Given I delete from SQL table "cars" where "", using "db"'],
    /^The condition for the table "cars" is empty: write one, or "\*" for all rows$/,
  ],
  [['Given I store filter "id" is "~" "1" "" under "f"'], /^"~" compares nothing in SQL: use one of =, ==,/],
  [['Given I store filter "id" is "=" "1" "xor" under "f"'], /^"xor" joins no conditions: use "and", "or" or ""$/],
  [
    ['Given I create SQL table "x" and insert data from csv "short.csv", using "db"'],
    /^The file 'short.csv' is no CSV that can be read: /,
  ],
  [
    ['Given I create SQL table "x" and insert data from csv "none.csv", using "db"'],
    /^There is no file "none.csv" beside the feature: looked for csv\/none.csv, none.csv$/,
  ],
  [
    ['Given the SQL table "x" is made, using "db"'],
    /^The step needs a table below it, whose first line names the columns$/,
  ],
]

function scenarios(url: () => string): void {
  for (const [title, steps] of Object.entries(common)) {
    test(title, async () => {
      await using files = await folder()
      const lines = [
        'Given I store "7" as JSON under "id"',
        `Given I connect to "${url()}" as "db"`,
        ...fresh,
        ...steps,
      ]
      assert.deepEqual((await runSteps(lines, { folder: files.path })).faults, [])
    })
  }
  for (const [steps, message] of faults) {
    test(`refused: ${steps.find((each) => /Then|Given (?!the SQL table "cars")/.test(each)) ?? steps[0]}`, async () => {
      await using files = await folder()
      const run = await runSteps([`Given I connect to "${url()}" as "db"`, ...fresh, ...steps], { folder: files.path })
      assert.equal(run.faults.length, 1)
      assert.match(run.faults[0] ?? '', message)
    })
  }
}

/** A server keeps the tables of the scenarios before. */
const fresh = ['cars', 'people', 'typed', 'seed', 'one', 's', '"the ""cars"""'].map(
  (name) => `Given I run SQL "drop table if exists ${name}", using "db"`,
)

suite('SQLite', () => {
  scenarios(() => 'sqlite://')
  test('in a file beside the feature, by any of its addresses', async () => {
    await using files = await folder()
    const addresses = ['sqlite:data.db', 'sqlite:///data.db', `sqlite:///${join(files.path, 'data.db')}`]
    const lines = addresses.flatMap((address, index) => [
      `Given I connect to "${address}" as "db"`,
      `Given I run SQL "create table t${index} (id integer)", using "db"`,
      'Given I disconnect from SQL "db"',
    ])
    const count = `Then SQL "select count(*) from sqlite_master" is equal to "3", using "db"`
    const again = ['Given I connect to "sqlite:data.db" as "db"', 'Given I connect to "sqlite:data.db" as "db"', count]
    assert.deepEqual((await runSteps([...lines, ...again], { folder: files.path })).faults, [])
  })
  test('is closed when the feature ends, also after a failure', async () => {
    await using files = await folder()
    const lines = [
      'Given I connect to "sqlite:data.db" as "db"',
      'Given I run SQL "begin exclusive", using "db"',
      'Given I run SQL "x", using "db"',
    ]
    assert.equal((await runSteps(lines, { folder: files.path })).faults.length, 1)
    const later = [
      'Given I connect to "sqlite:data.db" as "db"',
      'Given I run SQL "create table t (id integer)", using "db"',
    ]
    assert.deepEqual((await runSteps(later, { folder: files.path })).faults, [])
  })
})

const shop = [
  'Given I connect to "sqlite://" as "db"',
  'Given I create SQL table "cars" with columns "id, brand" and insert "1, Audi", using "db"',
]

suite('values inside of SQL', () => {
  test('are texts between single quotes, whatever they hold', async () => {
    const { faults } = await runSteps([
      ...shop,
      `Given I store "x' or '1'='1" under "evil"`,
      `Given I delete from SQL table "cars" where "brand = '#{evil}'", using "db"`,
      `Given I run SQL "delete from cars where brand = '#{evil}'", using "db"`,
      `Then SQL "select count(*) from cars where brand <> '#{evil}'" is equal to "1", using "db"`,
    ])
    assert.deepEqual(faults, [])
  })
  test('are numbers and names elsewhere', async () => {
    const { faults } = await runSteps([
      ...shop,
      'Given I store "cars" under "table"',
      'Given I store "1" under "id"',
      'Then SQL "select brand from #{table} where id = #{id}" is equal to "Audi", using "db"',
    ])
    assert.deepEqual(faults, [])
  })
  for (const evil of ['1 or 1 = 1', '1; drop table cars', '1--', 'a b']) {
    test(`are refused elsewhere when they are '${evil}'`, async () => {
      const { faults } = await runSteps([
        ...shop,
        `Given I store "${evil}" under "id"`,
        'Then SQL "select brand from cars where id = #{id}" is equal to "Audi", using "db"',
      ])
      assert.deepEqual(faults, [
        `#{id} is "${evil}", which is neither a number nor a name in SQL: put it in quotes, as in '#{id}'`,
      ])
    })
  }
})

suite('SQL that fails', () => {
  test('is named with its reason', async () => {
    const { faults } = await runSteps([...shop, 'Given I run SQL "selct 1", using "db"'])
    assert.deepEqual(faults, ['SQL "selct 1" failed: near "selct": syntax error'])
  })
  test('leaves no doubt which file is no database', async () => {
    const { faults } = await runSteps(['Given I connect to "sqlite:no/such/folder/a.db" as "db"'])
    const folder = resolve('no/such/folder')
    assert.deepEqual(faults, [
      `The database "sqlite:no/such/folder/a.db" cannot be opened: there is no folder ${folder}; make it first`,
    ])
  })
})

suite('other databases', () => {
  test('are refused', async () => {
    const { faults, secrets } = await runSteps(['Given I connect to "mysql://root:s3cret-word@host/db" as "db"'])
    assert.deepEqual(faults.map(secrets.cover), [
      'The database "mysql://root:***@host/db" cannot be opened: this kind is not known; write "sqlite:data.db", "sqlite://" or "postgres://…"',
    ])
  })
})

const programs = postgres()

suite('PostgreSQL', { skip: skipWithout('PostgreSQL', programs) }, () => {
  let server: PostgresServer | undefined
  before(async () => {
    server = await postgresServer(programs ?? '')
  })
  after(() => server?.[Symbol.asyncDispose]())
  const url = (): string => server?.url ?? ''
  scenarios(url)
  test('keeps its password out of reports', async () => {
    const { faults, secrets } = await runSteps([`Given I connect to "${url()}" as "db"`])
    assert.deepEqual([faults, secrets.cover('s3cret-word')], [[], '***'])
  })
  test('keeps dates as the server writes them', async () => {
    const lines = [
      `Given I connect to "${url()}" as "db"`,
      `Then SQL "select date '2026-01-31', timestamp '2026-01-31 12:00'" is equal to "2026-01-31, 2026-01-31 12:00:00", using "db"`,
    ]
    assert.deepEqual((await runSteps(lines)).faults, [])
  })
})
