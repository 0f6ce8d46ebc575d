/** A name in camelCase: `get-employee` becomes `getEmployee`. */
export function camelCase(text: string): string {
  const pascal = pascalCase(text)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}

/** A name in PascalCase: `Not Found` becomes `NotFound`. */
export function pascalCase(text: string): string {
  return words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** A name as the start of a sentence: `get-employee` becomes `Get employee`. */
export function sentence(text: string): string {
  const spaced = words(text)
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

function words(text: string): string[] {
  return text.replaceAll("'", '').match(/[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])/g) ?? []
}
