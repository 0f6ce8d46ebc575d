/** Says that a step is not written yet: its scenario is pending, which fails the run. */
export class Pending extends Error {
  constructor(message: string = 'This step is not written yet') {
    super(message)
    this.name = 'Pending'
  }
}
