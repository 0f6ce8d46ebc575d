/** The value as JSON: dates as in ISO 8601. @throws TypeError for what JSON has no word for */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, name, member) {
      const given = this[name]
      const isNoNumber = typeof member === 'number' && !Number.isFinite(member)
      const isNoTime = given instanceof Date && Number.isNaN(given.getTime())
      if (isNoNumber || isNoTime || typeof member === 'bigint') {
        const what = isNoTime ? 'an invalid Date' : `${member}${typeof member === 'bigint' ? 'n' : ''}`
        const where = name === '' ? 'The JSON to send' : `'${name}' of the JSON to send`
        throw new TypeError(`${where} is ${what}, for which JSON has no word: give null, a text or a number`)
      }
      return member
    },
  )
  if (text === undefined) throw new TypeError(`A ${typeof value} cannot be sent as JSON: give a value that is data`)
  return text
}
