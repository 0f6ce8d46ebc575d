import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { checked } from './compiler-figures.ts'
import { generateApp } from './generated-app.ts'
import { addClient, opening } from './generated-client.ts'
import { languageServer } from './language-server.ts'

const services = 100
const operations = 2 * services

// What one call costs in an app of 200 operations that are all called, each with its own models. It was 7,329 when it
// was written down: the compiler looks at what all paths take before it knows which path it is.
const callBudget = 8_000
// What the app costs that nobody calls: the list of its services in its type. It was 119 for each of them.
const appBudget = 200

test('calls of a client that is typed by an app of 200 operations keep within their budget', async (t) => {
  await using app = await generateApp(services)
  const alone = await checked(app.folder)
  await addClient(app, services, false)
  const uncalled = await checked(app.folder)
  await addClient(app, services, true)
  const called = await checked(app.folder)
  assert.deepEqual([alone.errors, uncalled.errors, called.errors], [[], [], []])
  const eachService = Math.round((uncalled.instantiations - alone.instantiations) / services)
  const eachCall = Math.round((called.instantiations - uncalled.instantiations) / operations)
  t.diagnostic(`services alone: ${alone.summary}`)
  t.diagnostic(`app and client: ${uncalled.summary}`)
  t.diagnostic(`a call of each operation: ${called.summary}`)
  t.diagnostic(`each service: ${eachService}, of ${appBudget}; each call: ${eachCall} instantiations, of ${callBudget}`)
  assert.ok(eachService <= appBudget, `${eachService} instantiations a service, over the budget of ${appBudget}`)
  assert.ok(eachCall > 0 && eachCall <= callBudget, `${eachCall} instantiations a call, over ${callBudget}`)
})

test('an editor is offered the paths of the method, and what the path takes', async (t) => {
  await using app = await generateApp(services)
  await addClient(app, services, false)
  await using server = await languageServer(app.folder)
  const file = join(app.folder, 'calls.ts')
  const at = async (call: string): Promise<readonly string[]> => {
    const { labels, milliseconds } = await server.complete(file, `${opening}\n${call}\n`)
    t.diagnostic(`${labels.length} offers at ${call} after ${milliseconds} ms`)
    return labels
  }
  const paths = await at("api.post('/|')")
  assert.equal(paths.length, services)
  assert.ok(paths.every((path) => path.startsWith('/tenants/{tenant_id}/orders-')))
  assert.deepEqual(await at("api.post('/tenants/{tenant_id}/orders-7', { params: { | } })"), ['tenant_id'])
  const again = await at("api.post('/tenants/{tenant_id}/orders-8', { json: { | } })")
  assert.ok(again.includes('customer_8') && !again.includes('customer_7') && !again.includes('tenant_id'))
})
