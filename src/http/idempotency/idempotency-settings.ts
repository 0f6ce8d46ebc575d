/** How calls with an `Idempotency-Key` are done once. */
export interface IdempotencyOptions {
  /** Whether a call without the header is refused; false by default. */
  readonly required?: boolean
  /** For how long the reply to a call is sent again, in seconds; 86,400 (a day) by default. */
  readonly expiry?: number
  /**
   * The largest body of a reply that is kept, in bytes; 1 MiB by default. A call with a larger one, or with one that is
   * streamed, is not done again either: its repetition is refused with `conflict`.
   */
  readonly maxBytes?: number
}

/** Settings for calls that clients may repeat (draft-ietf-httpapi-idempotency-key-header-07). */
export interface IdempotencySettings {
  /**
   * Whether a POST, PUT, PATCH or DELETE that carries an `Idempotency-Key` is done once, however often it is sent;
   * `'required'` refuses those without one, `false` takes back what app, base or group say. Raises
   * `idempotency_key_missing`, `idempotency_in_progress` and `idempotency_key_reused`.
   */
  readonly idempotent?: boolean | 'required' | IdempotencyOptions
}
