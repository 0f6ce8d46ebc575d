const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const checks = `${digits}*~$=U`

/**
 * Why a text is no Base32 of Crockford, or undefined when it is one. Small letters and hyphens are allowed, `I` and `L` are
 * read as 1 and `O` as 0; with a checksum the last sign is the value modulo 37.
 */
export function crockfordFault(text: string, hasChecksum: boolean): string | undefined {
  const signs = text.replaceAll('-', '').toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  const body = hasChecksum ? signs.slice(0, -1) : signs
  if (body === '') return 'has no digits'
  const strange = [...body].find((sign) => !digits.includes(sign))
  if (strange !== undefined) return `has '${strange}', which is no digit`
  if (!hasChecksum) return undefined
  const rest = [...body].reduce((sum, sign) => (sum * 32 + digits.indexOf(sign)) % 37, 0)
  const [expected, found] = [checks[rest], signs.at(-1)]
  return expected === found ? undefined : `has the checksum '${found}' instead of '${expected}'`
}
