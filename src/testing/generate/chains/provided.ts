import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import type { Run } from '../run.ts'
import { resourcesOf } from './resources.ts'
import { createWalk } from './walk.ts'

/** Creates what an operation is about, where everything of it has been taken away. */
export async function provided(run: Run, { path }: ReadOperation): Promise<void> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(({ 1: name }) => name)
  const known = run.known.of({ path })[0] ?? {}
  if (names.length === 0 || names.every((name) => name !== undefined && name in known)) return
  for (const resource of resourcesOf(run.operations)) {
    const isOwn = [resource.read, resource.replace, resource.change, resource.remove].some(
      (each) => each?.path === path,
    )
    if (isOwn && !run.isOver()) await createWalk(run, resource).create(`for ${path}`)
  }
}
