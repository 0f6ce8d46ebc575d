/** The value as JSON: dates as in ISO 8601. @throws TypeError for what JSON has no word for */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, name, member) {
      const given = this[name]
      const isNoNumber = typeof member === 'number' && !Number.isFinite(member)
      if (isNoNumber || typeof member === 'bigint' || (given instanceof Date && Number.isNaN(given.getTime()))) {
        const where = name && ` at '${name}'`
        throw new TypeError(`The JSON to send has ${given} (${typeof given})${where}, for which JSON has no word`)
      }
      return member
    },
  )
  if (text === undefined) throw new TypeError(`A ${typeof value} cannot be sent as JSON: give a value that is data`)
  return text
}
