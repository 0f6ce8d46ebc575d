import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem } from '../../kernel/problem.ts'
import { firstTaken } from './first-taken.ts'
import { progress, TokenRefused } from './verify-token.ts'

const refused = (reached: number): (() => never) => {
  return () => {
    throw new TokenRefused(`at ${reached}`, reached)
  }
}
const ask = (...candidates: readonly (() => string | undefined)[]): Promise<string | undefined> =>
  firstTaken(candidates, (candidate) => candidate())

test('the first that takes a token has it, also behind others that refuse it', async () => {
  assert.equal(
    await ask(
      refused(progress.time),
      () => undefined,
      () => 'second',
      () => 'third',
    ),
    'second',
  )
  assert.equal(await ask(() => undefined), undefined)
  assert.equal(await ask(), undefined)
})

test('the reason is that of whoever came furthest', async () => {
  const failing = ask(refused(progress.header), refused(progress.time), refused(progress.signature))
  await assert.rejects(failing, { message: `at ${progress.time}` })
})

test('where one could not tell, nobody can', async () => {
  const busy = (): never => {
    throw problem('unavailable')
  }
  await assert.rejects(ask(refused(progress.time), busy, refused(progress.time)), { code: 'unavailable' })
  assert.equal(await ask(busy, () => 'good'), 'good')
})
