/**
 * Reads JSON (RFC 8259) without the key `__proto__`, at every level, so that no later copy of the value can reach a
 * prototype. Of a key that comes twice the last value counts.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseJson(text: string): unknown {
  return mayHoldProto(text) ? JSON.parse(text, withoutProto) : JSON.parse(text)
}

/** The name may also be written with escapes of its letters. */
function mayHoldProto(json: string): boolean {
  return json.includes('__proto__') || (json.includes('\\u00') && /\\u00(?:5f|6f|7[024])/i.test(json))
}

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
}
