import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, sumUp } from './figures.ts'
import type { Sample } from './round.ts'
import type { ServerName } from './servers.ts'

function sample(server: ServerName, round: number, cpu: number): Sample {
  return { server, job: 'get', round, cpu, perSecond: 1000 * round, p99: round, rss: round, busy: 0.5, errors: 1 }
}

test('the median of an even number of values is the mean of the middle two', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2.5)
})

test('ratios are taken between the quietest rounds, and inside each round', () => {
  const samples = [
    ...[sample('node-http', 1, 10), sample('fastify', 1, 12)],
    ...[sample('node-http', 2, 20), sample('fastify', 2, 30)],
    ...[sample('node-http', 3, 15), sample('fastify', 3, 21)],
  ]
  const [bare, fastify] = sumUp(samples)
  assert.equal(bare?.timesBareMin, 1)
  assert.equal(bare?.timesBarePaired, 1)
  assert.equal(fastify?.cpuMin, 12)
  assert.equal(fastify?.cpuMedian, 21)
  assert.equal(fastify?.timesBareMin, 1.2)
  assert.equal(fastify?.timesBarePaired, 1.4)
  assert.equal(fastify?.perSecond, 2000)
  assert.equal(fastify?.rss, 3)
  assert.equal(fastify?.errors, 3)
})

test('without the bare server there is no ratio', () => {
  const [fastify] = sumUp([sample('fastify', 1, 12)])
  assert.equal(fastify?.timesBareMin, undefined)
  assert.equal(fastify?.timesBarePaired, undefined)
})
