/** The names of the members of a JSON object, as often as they stand there; the text has to be sound JSON. */
export function memberNames(json: string): readonly string[] {
  const names: string[] = []
  let depth = 0
  let last: string | undefined
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (token === ':') {
      if (depth === 1 && last !== undefined) names.push(JSON.parse(last) as string)
    }
    last = token.startsWith('"') ? token : undefined
  }
  return names
}
