import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions, UsageError } from './options.ts'

test('a run without options takes every server and job', () => {
  const settings = readOptions([])
  assert.equal(settings.servers, undefined)
  assert.deepEqual(settings.jobs, ['get', 'post', 'list'])
  assert.equal(settings.rounds, 5)
})

test('names are taken once and in the order of the turns', () => {
  const { servers, jobs } = readOptions(['--servers', 'hono, node-http,hono', '--jobs=list'])
  assert.deepEqual(servers, ['node-http', 'hono'])
  assert.deepEqual(jobs, ['list'])
})

test('--quick is shorter, and what is given still counts', () => {
  const settings = readOptions(['--quick', '--rounds', '1', '--seconds', '0.2'])
  assert.equal(settings.rounds, 1)
  assert.equal(settings.seconds, 0.2)
  assert.equal(settings.warmUp, 0.5)
})

for (const args of [
  ['--fast'],
  ['get'],
  ['--rounds'],
  ['--rounds', '--quick'],
  ['--rounds', '1.5'],
  ['--rounds', '0'],
  ['--seconds', 'long'],
  ['--servers', ''],
  ['--servers', 'nginx'],
  ['--jobs', 'get,put'],
]) {
  test(`${args.join(' ')} is refused in one sentence`, () => {
    assert.throws(
      () => readOptions(args),
      (error) => error instanceof UsageError && /^[^\n]+[^.]\.$/.test(error.message) && !error.message.includes('. '),
    )
  })
}
