import { withoutMembers } from './masked-members.ts'
import { isSecretName } from './secret-name.ts'

/** What stands in the place of a secret. */
export const mask = '***'

const userInfo = /(:\/\/[^\s/?#"'\\:@]*):[^\s/?#"'\\]+@/g
const assignment = /(^|[?&;,\s"'([{])([\w.-]{1,64})=(?!\*\*\*)[^&;,\s"'\\)\]}]+/g
// What begins with a capital letter or a digit somewhere is no word of a sentence.
const scheme = /\b(Bearer|Basic) +(?=[a-z]*[A-Z0-9+/._~-])[\w+/.~-]{4,}=*(?!=)/g
const webToken = /\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/g
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=")|$)/g

/**
 * A text without the secrets that can be told by their form: passwords in addresses, parameters and members whose names say
 * so, credentials of `Authorization`, tokens and private keys. `json` says that the text is a line of JSON.
 */
export function maskedText(text: string, json: boolean = false): string {
  let masked = text
  if (masked.includes('://') && masked.includes('@')) masked = masked.replace(userInfo, `$1:${mask}@`)
  if (masked.includes('=')) {
    masked = masked.replace(assignment, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${mask}` : whole,
    )
  }
  if (masked.includes('Bearer ') || masked.includes('Basic ')) masked = masked.replace(scheme, `$1 ${mask}`)
  if (masked.includes('eyJ')) masked = masked.replace(webToken, mask)
  if (masked.includes('PRIVATE KEY-----')) masked = masked.replace(privateKey, mask)
  // In a line of JSON the members of the line itself have been looked at; those of JSON inside of its texts have backslashes.
  if (masked.includes(json ? '\\"' : '"')) masked = withoutMembers(masked)
  return masked
}
