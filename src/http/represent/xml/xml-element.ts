/** An element of a document; namespace prefixes are left out of names. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  /** All character data directly in it, together. */
  text: string
}

/** The namespace of `xsi:nil`, by which an element says that it is null (XML Schema, 2.6.2). */
export const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
