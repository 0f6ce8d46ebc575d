/** A member by name; functions, such as the methods of an entity, are none. */
export function memberOf(value: object, name: string): unknown {
  // Reading it plainly would give the prototype.
  if (name === '__proto__') return Object.getOwnPropertyDescriptor(value, name)?.value
  const member = (value as Readonly<Record<string, unknown>>)[name]
  return typeof member === 'function' ? undefined : member
}

/** Sets a member as an own one whatever its name is: assigning to `__proto__` would change the prototype. */
export function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') members[name] = value
  else Object.defineProperty(members, name, { value, writable: true, enumerable: true, configurable: true })
}

/** What `JSON.stringify` sends for a value: the result of `toJSON` where there is one. */
export function sent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toJSON } = value as { readonly toJSON?: unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, '') : value
}
