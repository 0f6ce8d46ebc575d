// What a worker process runs. Its imports are loaded after the compile cache is on, so that they come from it.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { work } = await import('./worker-process.ts')
await work(JSON.parse(process.argv[2] ?? ''))
