/** What happens around security: who was refused and why, who changed what. Secrets are never in it. */
export interface SecurityEvent {
  /** What happened, such as `call.refused`, `definition.created`, `token.reused` or `session.started`. */
  readonly type: string
  /** When, as an ISO 8601 text in UTC. */
  readonly at: string
  /** The correlation id of the call that brought it about. */
  readonly cid: string | undefined
  /** The code of the problem that the call was refused with. */
  readonly code?: string
  /** In words, what the client was told or what has changed. */
  readonly detail?: string
  /** The service that was called. */
  readonly service?: string
  /** The channel, such as `GET /orders`. */
  readonly channel?: string
  /** The IP address of the client. */
  readonly address?: string
  /** The security definition, as far as it is known. */
  readonly definition?: string
  /** The user name that was given, as far as it is known; never a secret. */
  readonly username?: string
  /** What was changed, such as `definition:hr`. */
  readonly subject?: string
  /** Who changed it. */
  readonly actor?: string
}
