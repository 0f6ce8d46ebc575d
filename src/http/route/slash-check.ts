import type { RestChannel } from '../rest-channel.ts'
import type { Route } from './route.ts'

/** Whether a target serves a path with or without a slash at its end; undefined where all of them serve both. */
export function slashCheck<T>(routes: readonly Route<T>[]): ((target: T, path: string) => boolean) | undefined {
  const strict = routes.filter(({ channel }) => channel.options.trailingSlash === 'strict' && slashCounts(channel))
  if (strict.length === 0) return undefined
  const declared = new Map(strict.map(({ channel, target }) => [target, channel.path.endsWith('/')]))
  return (target, path) => path === '/' || (declared.get(target) ?? path.endsWith('/')) === path.endsWith('/')
}

/** A slash behind a parameter that spans segments is part of its value. */
export function slashCounts({ path }: RestChannel): boolean {
  return path !== '/' && !path.endsWith('*}')
}
