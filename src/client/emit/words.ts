/** A name in PascalCase, with the letters of any script: `user_profile` becomes `UserProfile`. */
export function pascalCase(text: string): string {
  return words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** A name in camelCase: `get-employee` becomes `getEmployee`, `HTTPStatus` becomes `httpStatus`. */
export function camelCase(text: string): string {
  const [first = '', ...others] = words(text)
  const lead = /^\p{Lu}+$/u.test(first) ? first.toLowerCase() : first.replace(/^\p{Lu}+(?=\p{Lu}|$)|^\p{Lu}/u, lower)
  return lead + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function lower(letters: string): string {
  return letters.toLowerCase()
}

/** Runs of what may stand in a name; an accent that is a character of its own belongs to its letter. */
function words(text: string): readonly string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}\p{M}$]+/gu) ?? []
}

/** A text as a literal of TypeScript, in single quotes. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

/** A name as the key of a member: as it is where the language allows it. */
export function memberKey(name: string): string {
  return isIdentifier(name) ? name : quoted(name)
}

const reserved: ReadonlySet<string> = new Set([
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete'],
  ...['do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements'],
  ...['import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public'],
  ...['return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void'],
  ...['while', 'with', 'yield'],
])

/** Whether a text can stand as the name of a constant. */
export function isConstantName(text: string): boolean {
  return isIdentifier(text) && !reserved.has(text)
}

/** Whether a text can stand as the name of a member or a type. */
export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)
}
