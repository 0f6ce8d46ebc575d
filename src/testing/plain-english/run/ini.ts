/** Reads the sections of an INI file: `[section]`, `name = value` or `name: value`, comments behind `#` or `;`. */
export function parseIni(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const sections: Record<string, Record<string, string>> = {}
  let section = ''
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const [, title] = /^\[(.+)\]$/.exec(line) ?? []
    const [, name, value = ''] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (title !== undefined) section = title.trim()
    else if (name !== undefined) {
      const members = sections[section] ?? {}
      sections[section] = members
      members[name] = value.replace(/^(["'])(.*)\1$/, '$2')
    } else throw new Error(`line ${index + 1} is neither [section] nor name = value`)
  }
  return sections
}
