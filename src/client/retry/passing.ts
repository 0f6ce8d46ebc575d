/** Whether an error tells of a fault on the way to the server, which may pass. */
export function isPassing(error: unknown): boolean {
  // By name: whoever sends may have errors of its own.
  return error instanceof Error && /^(?:Connection|Timeout|Network)Error$/.test(error.name)
}
