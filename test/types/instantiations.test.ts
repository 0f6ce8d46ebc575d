import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Checked, checked } from './compiler-figures.ts'
import { type Change, generateApp } from './generated-app.ts'

/** Checks an app of so many services. */
async function check(services: number, change?: Change): Promise<Checked> {
  await using app = await generateApp(services, change)
  return await checked(app.folder)
}

// What one more service costs: two models of 8 and more members, two channels, a provider and an invocation. Time is no
// measure on a machine that does other things; this number is the same on each. It was 2,781 when it was written down.
const budget = 2_750

test('one more service costs the compiler no more than its budget', async (t) => {
  const few = await check(20)
  const many = await check(200)
  const each = Math.round((many.instantiations - few.instantiations) / 180)
  t.diagnostic(`20 services: ${few.summary}`)
  t.diagnostic(`200 services: ${many.summary}`)
  t.diagnostic(`each service: ${each} instantiations, of ${budget}`)
  assert.deepEqual(few.errors, [])
  assert.deepEqual(many.errors, [])
  assert.ok(each > 0 && each <= budget, `${each} instantiations a service, over the budget of ${budget}`)
})

test('a mistake in one of many services is found where it is, and only there', async () => {
  const { errors } = await check(20, { service: 9, from: "status: 'open'", to: "status: 'opened'" })
  assert.equal(errors.length, 1, errors.join('\n'))
  assert.match(
    errors[0] ?? '',
    /services\/file-2\.ts\(\d+,\d+\): error TS2820: Type '"opened"' is not assignable to type '"open"/,
  )
})
