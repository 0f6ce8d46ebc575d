import { z } from 'zod'
import { byteStream, file } from '../../src/http/forms/models.ts'
import { get, post, put } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'

/** A server in a process of its own, whose memory is measured: `node upload-server.ts <folder for temporary files>`. */
const huge = 2 * 1024 ** 3
const size = z.object({ size: z.int() })

const form = service({
  name: 'form',
  input: z.object({ content: file({ maxBytes: huge }) }),
  output: size,
  on: post('/form'),
  handle: ({ input }) => ({ size: input.content.size }),
})
const raw = service({
  name: 'raw',
  input: z.object({ content: byteStream({ maxBytes: huge }) }),
  output: size,
  on: put('/raw'),
  handle: async ({ input }) => {
    let size = 0
    for await (const chunk of input.content) size += chunk.length
    return { size }
  },
})
const memory = service({
  name: 'memory',
  output: z.object({ peak: z.int() }),
  on: get('/memory'),
  // In kibibytes, the largest since the process began.
  handle: () => ({ peak: process.resourceUsage().maxRSS * 1024 }),
})

const [, , folder = ''] = process.argv
const app = createApp({ services: [form, raw, memory], uploads: { folder }, log: 'error', docs: false })
const { port } = await app.listen({ port: 0 })
process.send?.({ port })
process.once('disconnect', () => process.exit())
