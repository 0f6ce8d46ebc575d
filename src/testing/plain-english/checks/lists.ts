import { expect } from '../expectation.ts'
import { valueAt } from '../paths/find.ts'
import { isAsExpected } from '../values/expected-json.ts'
import { givenJsonFile } from '../values/given-file.ts'
import { givenNumber } from '../values/given-number.ts'
import { isNumber } from '../values/kinds.ts'
import { givenList } from '../values/list-text.ts'
import { canonical, isAsGiven, jsonOrNothing } from '../values/same.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import { textOf } from '../variables.ts'
import { type Check, check, type Subject } from './check.ts'

/** Checks of lists, and of what holds something. */
export const listChecks: readonly Check[] = [
  check({
    phrase: 'is a list {value}',
    summary:
      'It is a list of these items, separated by commas; an item may be a text, or a number or boolean written so.',
    on: '["a", 1, true]',
    says: 'is a list "a, 1, true"',
    run: ({ name, items }, given) => {
      const expected = givenList(given)
      const isSame =
        Array.isArray(items) &&
        items.length === expected.length &&
        items.every((item, index) => isAsGiven(item, expected[index]))
      expect(isSame, `${name} is ${shown(items)}, not the list ${expected.map(shown).join(', ') || 'without items'}`, {
        expected,
        found: items,
      })
    },
  }),
  check({
    phrase: 'contains {value}',
    summary: 'A text has this in it, a list has this item, an object has this member; JSON compares with its types.',
    on: '["a", {"id": 7}]',
    says: 'contains "{"id": 7}"',
    run: (subject, given) => {
      const held = holder(subject)
      expect(holds(held, given), `${subject.name} is ${shown(held)}, which does not contain ${shown(given)}`)
    },
  }),
  check({
    phrase: 'does not contain {value}',
    also: ["doesn't contain {value}"],
    summary: 'It is a text, list or object without this.',
    on: '["a", "b"]',
    says: 'does not contain "c"',
    run: (subject, given) => {
      const held = holder(subject)
      expect(!holds(held, given), `${subject.name} is ${shown(held)}, which contains ${shown(given)}`)
    },
  }),
  check({
    phrase: 'contains data from {text}',
    summary: 'It is a list with an item that equals the JSON of a file, or an object with all of its members.',
    on: '[{"name": "John Doe", "department": "HR"}]',
    says: 'contains data from "employee.json"',
    run: async (subject, file) => {
      const [held, expected] = [holder(subject), await givenJsonFile(subject.world, file)]
      const message = `${subject.name} is ${shown(held)}, which does not contain the data of '${file}'`
      const isHeld = Array.isArray(held)
        ? held.some((item) => isAsExpected(item, expected))
        : isAsExpected(held, expected, { isPartial: true })
      expect(isHeld, message, { expected, found: held })
    },
  }),
  counted('has {value} items', 'has "2" items', '[1, 2]', 'so many items', (found, given) => found === given, [
    'has {value} item',
  ]),
  counted(
    'has at least {value} items',
    'has at least "1" items',
    '[1, 2]',
    'so many items or more',
    (found, given) => found >= given,
    ['has at least {value} item'],
  ),
  counted(
    'has at most {value} items',
    'has at most "2" items',
    '[1, 2]',
    'so many items or fewer',
    (found, given) => found <= given,
    ['has at most {value} item'],
  ),
  check({
    phrase: 'has the length {value}',
    also: ['has {value} characters'],
    summary: 'It is a text of so many characters.',
    on: '"héllo"',
    says: 'has the length "5"',
    run: ({ name, value }, given) => {
      const [length, expected] = [typeof value === 'string' ? [...value].length : undefined, givenNumber(given)]
      const found = length === undefined ? shownWithKind(value) : `${shown(value)}, which has ${length} characters`
      expect(length === expected, `${name} is ${found}, not a text of ${expected}`, { expected, found: length })
    },
  }),
  check({
    phrase: 'has no duplicates',
    summary: 'It is a list in which nothing comes twice.',
    on: '[1, 2, "2"]',
    says: 'has no duplicates',
    run: (subject) => {
      const seen = new Set<string>()
      const twice = itemsIn(subject).find((item) => seen.size === seen.add(canonical(item)).size)
      expect(twice === undefined, `${subject.name} has ${shown(twice)} more than once`)
    },
  }),
  check({
    phrase: 'is sorted ascending',
    summary: 'It is a list of numbers or texts, the least first.',
    on: '[1, 2, 2, 10]',
    says: 'is sorted ascending',
    run: (subject) => expectOrder(subject, itemsIn(subject), 1),
  }),
  check({
    phrase: 'is sorted descending',
    summary: 'It is a list of numbers or texts, the greatest first.',
    on: '["b", "a"]',
    says: 'is sorted descending',
    run: (subject) => expectOrder(subject, itemsIn(subject), -1),
  }),
  check({
    phrase: 'is sorted ascending by {text}',
    summary: 'It is a list of objects, the least value of this path in each first.',
    on: '[{"id": 1}, {"id": 2}]',
    says: 'is sorted ascending by "/id"',
    run: (subject, path) => expectOrder(subject, keysOf(subject, path), 1),
  }),
  check({
    phrase: 'is sorted descending by {text}',
    summary: 'It is a list of objects, the greatest value of this path in each first.',
    on: '[{"id": 2}, {"id": 1}]',
    says: 'is sorted descending by "/id"',
    run: (subject, path) => expectOrder(subject, keysOf(subject, path), -1),
  }),
]

/** The list that a check is about. */
export function itemsIn({ name, items }: Subject): readonly unknown[] {
  expect(Array.isArray(items), `${name} is ${shownWithKind(items)}, not a list`)
  return items
}

function holder({ name, items }: Subject): string | object {
  const isHolder = typeof items === 'string' || (typeof items === 'object' && items !== null)
  expect(isHolder, `${name} is ${shownWithKind(items)}, which is neither a text nor a list nor an object`)
  return items
}

function holds(held: string | object, given: unknown): boolean {
  if (typeof held === 'string') return held.includes(textOf(given))
  const json = typeof given === 'string' ? jsonOrNothing(given) : given
  if (Array.isArray(held))
    return held.some((item) => isAsGiven(item, given) || (json !== undefined && isAsExpected(item, json)))
  if (typeof json === 'object' && json !== null) return isAsExpected(held, json, { isPartial: true })
  return Object.hasOwn(held, textOf(given))
}

function counted(
  phrase: string,
  says: string,
  on: string,
  what: string,
  holds: (found: number, given: number | bigint) => boolean,
  also: readonly string[],
): Check {
  return check({
    phrase: phrase as 'has {value} items',
    also,
    summary: `It is a list with ${what}.`,
    on,
    says,
    run: (subject, given) => {
      const [found, expected] = [itemsIn(subject).length, givenNumber(given)]
      const limit = phrase.replace('has ', '').replace(/\{value\}.*/, '')
      expect(
        holds(found, expected),
        `${subject.name} has ${found} ${found === 1 ? 'item' : 'items'}, not ${limit}${expected}`,
        { expected: limit === '' ? expected : `${limit}${expected}`, found },
      )
    },
  })
}

function keysOf(subject: Subject, path: string): readonly unknown[] {
  const names = path.startsWith('/') || path.startsWith('$') ? path : `/${path}`
  return itemsIn(subject).map((item) => valueAt(item, names))
}

function expectOrder({ name }: Subject, keys: readonly unknown[], direction: 1 | -1): void {
  for (const [index, key] of keys.entries()) {
    if (index === 0) continue
    const before = keys[index - 1]
    const order = compare(before, key)
    expect(order !== undefined, `${name} has ${shown(before)} beside ${shown(key)}, which have no order`)
    const way = direction === 1 ? 'ascending' : 'descending'
    expect(order * direction <= 0, `${name} is not sorted ${way}: ${shown(before)} comes before ${shown(key)}`)
  }
}

/** Texts by their code units, as ISO dates and identifiers want it. */
function compare(one: unknown, other: unknown): number | undefined {
  if (isNumber(one) && isNumber(other)) return one < other ? -1 : Number(one > other)
  if (typeof one !== 'string' || typeof other !== 'string') return undefined
  return one < other ? -1 : Number(one > other)
}
