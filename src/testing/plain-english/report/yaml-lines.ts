/** What a report writes as YAML. */
export type YamlValue = string | number | readonly YamlValue[] | { readonly [name: string]: YamlValue }

/** A list or an object as lines of YAML. A library for it would load longer than most runs take. */
export function yamlLines(value: YamlValue): readonly string[] {
  if (typeof value !== 'object') return [scalar(value)]
  if (isList(value)) {
    return value.flatMap((each) => yamlLines(each).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`))
  }
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === 'object') return [`${name}:`, ...indented(yamlLines(member))]
    if (typeof member === 'string' && isBlock(member)) return [`${name}: |2-`, ...indented(member.split('\n'))]
    return [`${name}: ${scalar(member)}`]
  })
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value)
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

/** Text of several lines is easier to read as it is, where YAML lets it stand so. */
function isBlock(text: string): boolean {
  return (
    /[^\n]\n/.test(text) &&
    !text.endsWith('\n') &&
    /^[\t\n\u0020-\u007E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE]*$/.test(text)
  )
}

/** Words are written bare, all else as in JSON, which YAML takes too. */
function scalar(text: string | number): string {
  if (typeof text === 'number') return String(text)
  const isBare = /^[A-Za-z/][ -~]*$/.test(text) && !/: | #|[: ]$|^(?:true|false|yes|no|on|off|null|[yn])$/i.test(text)
  return isBare ? text : JSON.stringify(text)
}
