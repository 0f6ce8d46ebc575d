import { createHmac, timingSafeEqual } from 'node:crypto'

/** A value with a signature behind it, which is good for a cookie of this name alone. */
export function signed(name: string, value: string, secret: string): string {
  return `${value}.${signature(name, value, secret).toString('base64url')}`
}

/** The value, if one of the secrets has signed it; undefined for everything else. */
export function unsigned(name: string, text: string | undefined, secrets: readonly string[]): string | undefined {
  const dot = text?.lastIndexOf('.') ?? -1
  if (text === undefined || dot === -1) return undefined
  const value = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1))
  const isOurs = secrets.some((secret) => {
    const own = Buffer.from(signature(name, value, secret).toString('base64url'))
    return own.length === given.length && timingSafeEqual(own, given)
  })
  return isOurs ? value : undefined
}

function signature(name: string, value: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${name}=${value}`).digest()
}
