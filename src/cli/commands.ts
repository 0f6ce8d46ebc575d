import type { CommandModule } from './command-module.ts'

/** The commands by name: what the list of them says, and how to load one. */
export const commands: Readonly<Record<string, { readonly summary: string; load: () => Promise<CommandModule> }>> = {
  new: { summary: 'make a folder with an app that runs', load: () => import('./new.ts') },
  dev: { summary: 'serve an app while you write it: each save is served at once', load: () => import('./dev.ts') },
  start: { summary: 'serve an app for production', load: () => import('./start.ts') },
  test: { summary: 'run the tests of an app in plain English', load: () => import('./test.ts') },
  routes: { summary: 'list the channels of an app', load: () => import('./routes.ts') },
  openapi: { summary: 'print the OpenAPI document of an app', load: () => import('./openapi.ts') },
  check: { summary: 'say what is wrong with an app, and how to mend it', load: () => import('./check.ts') },
  client: { summary: 'write a typed client for an API', load: () => import('./client.ts') },
  invoke: { summary: 'call a service from the shell', load: () => import('./invoke.ts') },
}
