import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'
import { faultsOf, httpbinTarget, runLines } from './feature-runner.ts'
import { requestRows } from './rows/request-rows.ts'
import { responseRows } from './rows/response-rows.ts'
import type { Row } from './rows/row.ts'
import { sqlRows } from './rows/sql-rows.ts'
import { zatoSentences } from './zato-sentences.ts'

const reply = {
  ...{ text: 'abc', number: 7, fraction: 7.5, yes: true, no: false, nothing: null, empty: '', checked: '16JD' },
  ...{ list: ['a', 'b'], none: [], object: { a: 1 }, members: {}, employee: { name: 'John Doe', department: 'HR' } },
  ...{ id: '6f1c0f0e-6f8c-4a1a-9c87-0d2f4d3b8f11', employees: [{ name: 'John Doe', department: 'HR' }] },
}
const order = '<order id="A-1"><state>open</state><count>2</count><price>7.5</price><note/></order>'

const described = await httpbinTarget(async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/row') return Response.json(reply, { headers: { 'X-One': 'abc', 'X-None': '' } })
  if (pathname === '/order') return new Response(order, { headers: { 'Content-Type': 'application/xml' } })
  if (pathname !== '/token') return undefined
  const isMeant = (await request.text()) === (new URL(request.url).searchParams.get('body') ?? '')
  return isMeant ? Response.json({ access_token: 'abc-123' }) : new Response(null, { status: 400 })
})
const target = { ...described, api: undefined }
after(() => described[Symbol.asyncDispose]())

const rows: readonly Row[] = [...requestRows, ...responseRows, ...sqlRows]

suite('each row of the table of phrases, right and wrong', () => {
  for (const { right, wrong, fault } of rows) {
    test(`right: ${right.split('\n').join(' / ')}`, async () => {
      assert.deepEqual(faultsOf(await runLines(right, target)), [])
    })
    test(`wrong: ${wrong.split('\n').join(' / ')}`, async () => {
      assert.deepEqual(faultsOf(await runLines(wrong, target)), [fault])
    })
  }
})

const phrases = phrasesOf(builtInSteps)

for (const which of ['right', 'wrong'] as const) {
  test(`no spelling of the table lacks a case that is ${which}`, () => {
    const shown = new Set(
      rows.flatMap((row) => row[which].split('\n').flatMap((line) => spellingsOf(line.replace(/^\w+ /, '')))),
    )
    const lacking = Object.values(zatoSentences)
      .flat()
      .filter((sentence) => spellingsOf(sentence).some((phrase) => !shown.has(phrase)))
    assert.deepEqual(lacking, [])
  })
}

function spellingsOf(sentence: string): readonly string[] {
  return phrases(sentence).map(({ phrase }) => phrase)
}
