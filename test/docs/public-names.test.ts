import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { catalogue } from 'trestle'
import { assertNoFaults } from '../house/report.ts'
import { publicEntries } from './public-entries.ts'
import { type PublicName, publicNames } from './public-name.ts'

// Members whose names say all that there is to say where they stand.
const selfEvident: Readonly<Record<string, readonly string[]>> = {
  FinishedReply: ['method', 'status'],
  Listening: ['port'],
  // Its comment says where they are told of.
  Service: ['*'],
}

const names = publicEntries().flatMap(({ path }) => publicNames(path))

suite('the comments of public names', () => {
  test('say what each one is, in a sentence', () => {
    assertNoFaults(names.filter(({ sentence }) => !/^[^a-z].*\.$/.test(sentence)).map(fault('has no first sentence')))
  })
  test('show each value and function in an example with an expectation', () => {
    const values = names.filter(({ kind }) => kind === 'value')
    assertNoFaults(values.filter((name) => !name.examples.some(isChecked)).map(fault('has no example with `// =>`')))
  })
  test('name problems by codes of the catalogue, with their status', () => {
    const named = names.flatMap((name) =>
      [...name.sentence.matchAll(/`([a-z_]+)` \((\d{3})\)/g)].map(([, code = '', status]) => ({ name, code, status })),
    )
    assert.ok(named.length >= 7)
    const wrong = named.filter(({ code, status }) => Object(catalogue)[code]?.status !== Number(status))
    assertNoFaults(wrong.map(({ name, code, status }) => fault(`names ${code} (${status})`)(name)))
  })
  test('say what each member of a type is', () => {
    const faults = names.flatMap(({ name, path, members }) =>
      members
        .filter((member) => !member.hasComment && !isSelfEvident(name, member.name))
        .map((member) => `${path}:${member.line} ${name}.${member.name} has no comment`),
    )
    assertNoFaults(faults)
  })
})

suite('the reader of comments', () => {
  const byName = new Map(names.map((each) => [each.name, each]))

  test('finds the first sentence, the examples and the members', () => {
    const clock = byName.get('Clock')
    assert.equal(clock?.sentence, 'The time as a call sees it; tests put their own in.')
    assert.deepEqual(
      clock.members.map(({ name, hasComment }) => [name, hasComment]),
      [
        ['now', true],
        ['elapsed', true],
      ],
    )
    assert.match(byName.get('systemClock')?.examples[0]?.code ?? '', /\/\/ =>/)
  })
})

function isChecked({ code }: { readonly code: string }): boolean {
  return /\/\/ (=>|throws) /.test(code)
}

function isSelfEvident(name: string, member: string): boolean {
  const known = selfEvident[name] ?? []
  return known.includes('*') || known.includes(member)
}

function fault(what: string): (name: PublicName) => string {
  return ({ name, path, line }) => `${path}:${line} ${name} ${what}`
}
