import { progress, TokenRefused } from '../tokens/verify-token.ts'

const byClaim: Readonly<Record<string, readonly [string, number]>> = {
  iss: ['The token was issued by somebody else', progress.origin],
  aud: ['The token is for somebody else', progress.purpose],
  nbf: ['The token is not valid yet', progress.time],
  exp: ['The token does not say when it ends', progress.purpose],
  iat: ['The token does not say when it was issued, or says a time to come', progress.time],
}

/** What the owner of a token is told of what the library found. */
export function whyRefused(error: unknown): TokenRefused {
  const { code, claim, message } = error as { code?: string; claim?: string; message?: string }
  if (code === 'ERR_JWT_EXPIRED')
    return new TokenRefused(claim === 'iat' ? 'The token is too old' : 'The token has expired', progress.time)
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    const [sentence, reached] = byClaim[claim ?? ''] ?? ['The token is malformed', progress.purpose]
    return new TokenRefused(sentence, reached)
  }
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED')
    return new TokenRefused('The signature of the token is wrong', progress.signature)
  // A key that is too small or of another kind is refused by a TypeError.
  if (error instanceof TypeError && message !== undefined)
    return new TokenRefused('The key of the token does not fit its algorithm', progress.key + 0.5)
  return new TokenRefused('The token is malformed', progress.signature)
}
