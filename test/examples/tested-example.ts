import { join } from 'node:path'
import { type App, loadApp, silentLogger } from 'trestle'
import { type TestClient, testClient } from 'trestle/testing'
import { root } from '../../scripts/root.ts'

/** A client that calls one of the examples without any port: none keeps what another test did. */
export async function testExample(name: string): Promise<TestClient<App>> {
  return testClient(await loadApp(join(root, 'examples', name), { log: silentLogger }))
}
