/** Settings of signed cookies. */
export interface CookieSettings {
  /**
   * What cookies are signed with (HMAC-SHA256), each at least 32 characters: the first signs, the others are still good,
   * so that a secret can be changed without a user noticing.
   */
  readonly cookieSecrets?: readonly string[]
}
