import { z } from 'zod'
import { type Service, service } from '../../kernel/service.ts'
import type { NewDefinition, WithSecret } from '../stored/definition-manager.ts'
import { definitionModels } from '../stored/definition-models.ts'
import type { DefinitionView } from '../stored/definition-view.ts'
import type { AdminChannels, AdminTools } from './admin-tools.ts'
import { doerOf } from './doer-of.ts'
import { time } from './time.ts'

/** The services over security definitions. */
export function definitionServices({ definitions }: AdminTools, on: Partial<AdminChannels>): readonly Service[] {
  const { name: Name, password: Password, limit: StoredLimit, texts, settings: settingsOf } = definitionModels()
  const names = z.array(z.string())
  const view = {
    name: z.string(),
    kind: z.enum(['basic', 'apiKey', 'bearer', 'session', 'mutualTls']),
    source: z.enum(['code', 'stored']).describe('What is in the code can be switched off, and not changed'),
    enabled: z.boolean().describe('Whether it lets anybody in'),
    settings: z.record(z.string(), z.unknown()).describe('What it says by its kind, without secrets'),
    ...{ roles: names, scopes: names, permissions: names, groups: names },
    limit: StoredLimit.optional(),
    secrets: z.array(
      z.object({
        prefix: z.string().optional().describe('What the key or token begins with'),
        created: time(),
        until: time().optional().describe('Until when it counts'),
      }),
    ),
    created: time().optional(),
    changed: time().optional(),
    lastUsed: time().optional().describe('When it last let somebody in, to the minute'),
  }
  const Definition: z.ZodType<DefinitionView> = z.object(view).meta({ id: 'TrestleDefinition' })
  const Told: z.ZodType<WithSecret> = z
    .object({
      ...view,
      secret: z.string().optional().describe('The key, token or password that was made; told only now'),
    })
    .meta({ id: 'TrestleDefinitionWithSecret' })
  const named = z.object({ name: Name })
  const limit = StoredLimit.optional().describe('How often whoever has the credentials may call, over all channels')
  const granted = {
    roles: texts.optional().describe('What whoever has the credentials is'),
    scopes: texts.optional().describe('What they may do'),
    permissions: texts.optional().describe('What they are permitted, beside what their roles permit'),
  }
  const password = Password.optional().describe('The password; one is made if it is not given')
  const made = { name: Name, ...granted, limit, enabled: z.boolean().optional() }
  const make = service.with({ tags: ['Security'], throws: ['not_found', 'conflict', 'invalid_input'] })

  return [
    make({
      name: 'trestle.security.list-definitions',
      summary: 'List the security definitions',
      output: z.object({ definitions: z.array(Definition) }),
      on: on['list-definitions'] ?? [],
      handle: () => ({ definitions: [...definitions.list()] }),
    }),
    make({
      name: 'trestle.security.read-definition',
      summary: 'Read one security definition',
      input: named,
      output: Definition,
      on: on['read-definition'] ?? [],
      handle: ({ input }) => definitions.read(input.name),
    }),
    make({
      name: 'trestle.security.create-definition',
      summary: 'Make a security definition; its secret is told once',
      input: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('basic'), ...made, settings: settingsOf.basic.optional(), password }),
          z.object({ kind: z.literal('apiKey'), ...made, settings: settingsOf.apiKey.optional() }),
          z.object({ kind: z.literal('bearer'), ...made, settings: settingsOf.bearer.optional() }),
          z.object({ kind: z.literal('session'), ...made, settings: settingsOf.session.optional() }),
          z.object({ kind: z.literal('mutualTls'), ...made, settings: settingsOf.mutualTls }),
        ])
        .meta({ id: 'TrestleNewDefinition' }),
      output: Told,
      on: on['create-definition'] ?? [],
      handle: (call) => definitions.create(call.input as NewDefinition, doerOf(call)),
    }),
    make({
      name: 'trestle.security.change-definition',
      summary: 'Change a security definition; secrets stay as they are',
      input: z.object({
        name: Name,
        settings: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('What it says by its kind: what is not given stays, null takes away'),
        ...granted,
        limit: StoredLimit.nullable().optional().describe('Null takes it away'),
      }),
      output: Definition,
      on: on['change-definition'] ?? [],
      handle: (call) => {
        const { name, ...change } = call.input
        return definitions.change(name, change, doerOf(call))
      },
    }),
    make({
      name: 'trestle.security.rotate-definition',
      summary: 'Give a security definition a new secret',
      input: z.object({
        name: Name,
        until: time().optional().describe('Until when the present secret counts, too; it ends at once if not given'),
        password,
      }),
      output: Told,
      on: on['rotate-definition'] ?? [],
      handle: (call) => definitions.rotate(call.input.name, call.input, doerOf(call)),
    }),
    make({
      name: 'trestle.security.enable-definition',
      summary: 'Switch a security definition on',
      input: named,
      output: Definition,
      on: on['enable-definition'] ?? [],
      handle: (call) => definitions.switchTo(true, call.input.name, doerOf(call)),
    }),
    make({
      name: 'trestle.security.disable-definition',
      summary: 'Switch a security definition off: it lets nobody in from now on',
      input: named,
      output: Definition,
      on: on['disable-definition'] ?? [],
      handle: (call) => definitions.switchTo(false, call.input.name, doerOf(call)),
    }),
    make({
      name: 'trestle.security.delete-definition',
      summary: 'Delete a security definition',
      input: named,
      on: on['delete-definition'] ?? [],
      handle: (call) => definitions.delete(call.input.name, doerOf(call)),
    }),
  ]
}
