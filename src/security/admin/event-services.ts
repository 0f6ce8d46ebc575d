import { z } from 'zod'
import { type Service, service } from '../../kernel/service.ts'
import type { AdminChannels, AdminTools } from './admin-tools.ts'
import { time } from './time.ts'

/** The service that lists what has happened around security. */
export function eventServices({ audit }: AdminTools, on: Partial<AdminChannels>): readonly Service[] {
  const Event = z
    .object({
      type: z.string().describe('What happened, such as call.refused or definition.created'),
      at: time(),
      count: z.int().describe('How often it happened in that moment'),
      cid: z.string().optional(),
      code: z.string().optional().describe('The code of the problem that the call was refused with'),
      detail: z.string().optional(),
      service: z.string().optional(),
      channel: z.string().optional(),
      address: z.string().optional(),
      definition: z.string().optional(),
      username: z.string().optional(),
      subject: z.string().optional().describe('What was changed, such as definition:hr'),
      actor: z.string().optional().describe('Who changed it'),
    })
    .meta({ id: 'TrestleEvent' })
  return [
    service({
      name: 'trestle.security.list-events',
      summary: 'List what has happened around security, the newest first',
      tags: ['Security'],
      input: z.object({
        type: z.string().min(1).max(100).optional(),
        definition: z.string().min(1).max(100).optional().describe('The definition that called or was changed'),
        since: time().optional(),
        limit: z.int().min(1).max(1000).default(100),
        cursor: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional()
          .describe('The next of the page before'),
      }),
      output: z.object({ events: z.array(Event), next: z.string().optional() }),
      on: on['list-events'] ?? [],
      handle: ({ input }) => {
        const { events, ...next } = audit.list(input)
        return { events: events.map(({ cid, ...event }) => ({ ...event, ...(cid !== undefined && { cid }) })), ...next }
      },
    }),
  ]
}
