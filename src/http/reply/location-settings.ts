/** Where a client finds what a call has made. */
export interface LocationSettings {
  /**
   * The address of what was made, such as `/cars/{id}`, sent as `Location` (RFC 9110, 10.2.2): names in braces are
   * members of the output, or else of the input. A POST channel that has it answers 201. Nothing is sent where a member
   * is missing or `null`.
   */
  readonly location?: string
}
