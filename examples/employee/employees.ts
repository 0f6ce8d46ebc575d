import { provider } from 'trestle'

/** What is kept of an employee. */
export interface Employee {
  readonly name: string
  readonly department: string
}

/** Keeps employees in memory, by number. */
export class EmployeeStore {
  readonly #employees: Map<number, Employee> = new Map([[123, { name: 'John Doe', department: 'HR' }]])
  #lastNumber: number = 123

  find(number: number): Employee | undefined {
    return this.#employees.get(number)
  }

  /** Keeps a new employee and returns the number it was given. */
  add(employee: Employee): number {
    this.#lastNumber += 1
    this.#employees.set(this.#lastNumber, employee)
    return this.#lastNumber
  }

  /** Changes what is given of an employee; false when there is none with this number. */
  update(number: number, changes: { readonly [Key in keyof Employee]?: Employee[Key] | undefined }): boolean {
    const known = this.#employees.get(number)
    if (known === undefined) return false
    this.#employees.set(number, {
      name: changes.name ?? known.name,
      department: changes.department ?? known.department,
    })
    return true
  }

  /** False when there is no employee with this number. */
  remove(number: number): boolean {
    return this.#employees.delete(number)
  }
}

/** The one store of the app. */
export const employees = provider(() => new EmployeeStore(), { scope: 'app' })
