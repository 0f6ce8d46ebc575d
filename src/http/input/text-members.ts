/** Texts and lists of texts by the names of members, to be coerced by declared type; other values stay as they are. */
export class TextMembers {
  readonly members: Readonly<Record<string, unknown>>

  constructor(members: Readonly<Record<string, unknown>>) {
    this.members = members
  }
}
