import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { openApp } from '../../src/platform/open-app.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import type { AllowedFault } from '../../src/testing/generate/settings.ts'

/** What takes the place of providers, so that nobody has to wait. */
const uses: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  httpbin: { timer: { wait: async () => {} } },
}

const allowed: Readonly<Record<string, readonly AllowedFault[]>> = {
  todos: [{ check: 'created_is_readable', reason: 'it keeps nothing, so that each client finds it as it was' }],
  httpbin: [
    { operation: '* /status/{codes}', check: 'server_error', reason: 'it answers with the status that is asked for' },
  ],
}

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())

for (const { name } of examples) {
  test(`generated tests find nothing in ${name}`, async () => {
    const run = { use: uses[name] ?? {}, log: silentLogger, mode: 'test' } as const
    const { app } = await openApp(join(root, 'examples', name), run)
    await using _ = app
    const document = await (await app.fetch(new Request('http://localhost/openapi.json'))).json()
    const settings = { seed: 20, own: true, allowed: allowed[name] ?? [] }
    const result = await generateTests({ api: readOpenApi(document), send: app.fetch, settings })
    const found = result.faults.filter((each) => !each.allowed)
    assert.deepEqual(
      found.map(({ message, steps }) => [message, steps.map(({ request }) => request)]),
      [],
    )
    assert.equal(result.coverage.operations.hit, result.coverage.operations.total)
  })
}
