import { createApp, get, service } from 'trestle'

// Serves `/narrow`, three times an hour for each address, with the settings of its first argument.
const [, , settings = '{}'] = process.argv
const narrow = service({ name: 'narrow', on: get('/narrow', { limit: '3/hour' }), handle: () => {} })
const app = createApp({ log: 'silent', mode: 'production', services: [narrow], ...JSON.parse(settings) })
const { port } = await app.listen({ port: 0 })
process.send?.(port)
// It must not outlive the test.
process.once('disconnect', () => process.exit())
