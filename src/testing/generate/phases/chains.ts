import { checkConditions } from '../chains/conditions.ts'
import { checkCreated } from '../chains/created.ts'
import { checkDeleted } from '../chains/deleted.ts'
import { resourcesOf } from '../chains/resources.ts'
import { checkUpdates } from '../chains/updates.ts'
import { createWalk } from '../chains/walk.ts'
import type { Run } from '../run.ts'

/** Creates, reads, changes and deletes the things of each resource, and uses them after that. */
export async function runChains(run: Run): Promise<void> {
  const resources = resourcesOf(run.operations)
  for (const [at, resource] of resources.entries()) {
    if (run.isOver()) return
    const walk = createWalk(run, resource)
    const [first, second] = [await walk.create('first'), await walk.create('second')]
    if (first !== undefined) {
      await checkCreated(walk, first, second)
      await checkUpdates(walk, first)
      await checkConditions(walk, first)
      await checkDeleted(run, walk, first, second)
    }
    run.done('chains', resource.create, at + 1, resources.length)
  }
}
