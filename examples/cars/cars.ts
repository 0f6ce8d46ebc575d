import { provider } from 'trestle'

/** What is kept of a car. */
export interface Car {
  readonly id: number
  readonly make: string
  readonly model: string
  readonly year: number
  readonly vin: string
  readonly color: string
}

const stock: readonly Car[] = [
  { id: 1, make: 'GMC', model: '1500 Club Coupe', year: 1998, vin: '1D7RV1GTXAS806941', color: 'Red' },
  { id: 2, make: 'Lamborghini', model: 'Gallardo', year: 2006, vin: 'JN1BY1PR0FM736887', color: 'Mauve' },
  { id: 3, make: 'Chevrolet', model: 'Monte Carlo', year: 1996, vin: '1G4HP54K714224234', color: 'Violet' },
]

/** Keeps cars in memory, by id. */
export class Garage {
  readonly #cars: Map<number, Car> = new Map(stock.map((car) => [car.id, car]))
  #lastId: number = stock.length

  list(): readonly Car[] {
    return [...this.#cars.values()]
  }

  find(id: number): Car | undefined {
    return this.#cars.get(id)
  }

  /** Keeps a new car under the next id. */
  add(car: Omit<Car, 'id'>): Car {
    this.#lastId += 1
    return this.keep({ ...car, id: this.#lastId })
  }

  /** Keeps a car in place of the one with its id. */
  keep(car: Car): Car {
    this.#cars.set(car.id, car)
    return car
  }

  /** Changes what is given of a car; undefined when there is none with this id. */
  change(id: number, changes: { readonly [Key in keyof Car]?: Car[Key] | undefined }): Car | undefined {
    const car = this.#cars.get(id)
    return car && this.keep(Object.assign({}, car, changes))
  }

  /** False when there is no car with this id. */
  remove(id: number): boolean {
    return this.#cars.delete(id)
  }
}

/** The one garage of the app. */
export const garage = provider(() => new Garage(), { scope: 'app' })
