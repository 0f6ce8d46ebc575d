/** What a JSON Pointer (RFC 6901) leads to; undefined when there is nothing. */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  return pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, key) => {
      const isInside = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
      return isInside ? Reflect.get(inner, key) : undefined
    }, value)
}
