import { type CallerRule, isCallerRule } from '../../kernel/rule.ts'

/** Where, and by whom, an app is administered over HTTP. */
export interface AdminSettings {
  /** What stands before each path, past the app's own prefix; `/admin` if it is not given. */
  readonly prefix?: string
  /** The security definitions and groups whose credentials let administrators in. */
  readonly security: string | readonly string[]
  /** Which of those callers may administer; all of them if it is not given. */
  readonly allow?: CallerRule
}

/** What is wrong with them, as whole sentences that say how to mend it. */
export function adminFaults(admin: AdminSettings | undefined): readonly string[] {
  if (admin === undefined) return []
  const { prefix = '/admin', security, allow } = admin
  const names = [security ?? []].flat().filter((each) => typeof each === 'string')
  const open = names.length === 0 || names.includes('anonymous')
  return [
    ...(open ? [`admin is open to all: name in its 'security' the definitions or groups of administrators`] : []),
    ...(allow === undefined || isCallerRule(allow) ? [] : [`admin.allow is no rule: write one such as role('admin')`]),
    ...(/^(?:\/[A-Za-z0-9._~-]+)+$/.test(prefix)
      ? []
      : [`admin.prefix is '${prefix}': begin it with a slash, and end it without one, as in '/admin'`]),
  ]
}
