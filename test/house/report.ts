import assert from 'node:assert/strict'

/** Fails with every fault on its own line, without the noise of a compared array. */
export function assertNoFaults(faults: readonly string[]): void {
  assert.ok(faults.length === 0, `${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
}
