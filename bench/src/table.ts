/** Lays out rows below a heading: words to the left, figures to the right; an empty row stays an empty line. */
export function layOut(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const isFigure = heading.map((_, column) => rows.some((row) => /^\d/.test(row[column] ?? '')))
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          isFigure[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
