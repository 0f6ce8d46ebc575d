import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import type { CheckName } from '../../src/testing/generate/check-name.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import type { GenerateResult } from '../../src/testing/generate/result.ts'
import { type LibraryFlaw, library, libraryDocument, libraryKey } from './library.ts'

const api = readOpenApi(libraryDocument)

async function tested(flaws: readonly LibraryFlaw[], seed: number, examples = 8): Promise<GenerateResult> {
  await using server = await library(...flaws)
  const settings = { seed, own: true, address: `${server.url}/api/v2`, credentials: { key: libraryKey }, examples }
  return await generateTests({ api, send: fetch, settings })
}

const names = ({ faults }: GenerateResult): readonly string[] =>
  faults.map(({ operation, check, status }) => `${operation} ${check} ${status}`)

const shows: readonly (readonly [LibraryFlaw, CheckName, string])[] = [
  ['fails for one kind', 'server_error', 'POST /books'],
  ['fails for one of several sorts of a list', 'server_error', 'GET /books'],
  ['resets the connection for one kind', 'server_error', 'POST /books'],
  ['sends HTML with an error', 'content_type_documented', 'GET /books/{book}'],
  ['leaks inside the items of a page', 'undeclared_member', 'GET /books'],
  ['asks for no key on one operation', 'authentication_enforced', 'GET /books/{book}/notes'],
  ['takes an empty key on one operation', 'authentication_enforced', 'DELETE /shelves/{name}'],
  ['loses one member of PUT', 'lost_update', 'GET /books/{book}'],
  ['loses one member of PATCH', 'lost_update', 'GET /books/{book}'],
  ['takes null of PATCH for nothing', 'lost_update', 'GET /books/{book}'],
  ['has a wrong Allow on one path', 'allow_true', 'GET /books/{book}/notes/{note}'],
  ['lists what was deleted', 'use_after_delete', 'GET /books'],
  ['deletes all notes of a book', 'lost_update', 'GET /books/{book}/notes/{note}'],
  ['takes an enum for a text', 'bad_input_refused', 'GET /books'],
  ['ignores If-Match of DELETE', 'conditional', 'DELETE /books/{book}'],
  ['lets both of two parallel changes win', 'conditional', 'PUT /books/{book}'],
  ['makes a second one with PUT', 'idempotent', 'GET /books'],
]

/** Those that only some values bring out. */
const rare: ReadonlySet<LibraryFlaw> = new Set(['fails for one of several sorts of a list', 'sends HTML with an error'])

suite('generated tests of a library over a socket, described in OpenAPI 3.0', () => {
  test('find nothing where nothing is wrong, with any seed', async () => {
    for (let seed = 1; seed <= Number(process.env.SEEDS ?? 2); seed++) {
      const result = await tested([], seed, 25)
      assert.deepEqual(names(result), [], `seed ${seed}: ${JSON.stringify(result.faults, null, 1)}`)
      assert.deepEqual(result.coverage.operations.missed, [])
    }
  })
  test('find nothing where requests are refused for being too many, and say so', async () => {
    for (const seed of [1, 2]) {
      const result = await tested(['takes every third request alone'], seed)
      assert.deepEqual(names(result), [], JSON.stringify(result.faults, null, 1))
      assert.match(result.notes.join('\n'), /POST \/books: answered 429 now and then/)
    }
  })
  for (const [flaw, check, operation] of shows) {
    test(`find that it ${flaw}`, async () => {
      const result = await tested([flaw], 5, rare.has(flaw) ? 25 : 8)
      const fault = result.faults.find((each) => each.check === check && each.operation === operation)
      assert.ok(fault, `found ${names(result).join(', ') || 'nothing'}`)
    })
  }
})
