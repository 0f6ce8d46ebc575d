import type { Kernel } from '../kernel/kernel.ts'

/** The services that the calls of exchanges were for; an exchange may have come through the app that mounts this one. */
const answered = new WeakMap<object, string>()

/** A kernel that remembers which service each call was for; only an app whose replies somebody watches needs one. */
export function noting(kernel: Kernel): Kernel {
  return {
    ...kernel,
    begin: (entry, origin) => {
      answered.set(origin, entry.name)
      return kernel.begin(entry, origin)
    },
  }
}

/** The name of the service that answered an exchange; undefined where none did, or nobody watches. */
export function answeredBy(exchange: object): string | undefined {
  return answered.get(exchange)
}
