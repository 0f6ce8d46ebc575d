import type { JwtSettings } from '../definitions/definition.ts'
import { addressFault } from '../remote/inward.ts'
import { algorithms, isShared } from './algorithms.ts'

/** What is wrong with the settings of tokens, each as the end of a sentence that begins with their name. */
export function jwtFaults(settings: JwtSettings): readonly string[] {
  return [...algorithmFaults(settings.algorithms), ...keyFaults(settings), ...timeFaults(settings)]
}

function algorithmFaults(given: readonly string[] | undefined): readonly string[] {
  const known = Object.keys(algorithms).join(', ')
  if (!Array.isArray(given) || given.length === 0)
    return [
      `.algorithms is empty, so that no token could be taken: give those that your issuer signs with, of ${known}`,
    ]
  const unknown = given.filter((each) => !Object.hasOwn(algorithms, each))
  if (unknown.includes('none'))
    return [`.algorithms has none, with which anybody could make tokens: take it out, and give some of ${known}`]
  if (unknown.length > 0) return [`.algorithms has ${unknown.join(', ')}: give some of ${known}`]
  const shared = given.filter(isShared)
  if (shared.length === 0 || shared.length === given.length) return []
  return [
    `.algorithms mixes ${shared.join(', ')}, whose key is a secret, with others, whose key is public: make two definitions of it`,
  ]
}

function keyFaults({ key, keyFile, jwks, algorithms: given = [] }: JwtSettings): readonly string[] {
  const named = Object.entries({ key, keyFile, jwks }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (named.length === 0) return [` has no keys: give it 'key', 'keyFile' or 'jwks'`]
  if (named.length > 1) return [` has ${named.join(' and ')}: give it one of them`]
  if (jwks === undefined) return []
  const fault = addressFault(jwks)
  if (fault !== undefined) return [`.jwks ${fault}`]
  return given.some(isShared)
    ? [`.jwks gives public keys, but HS algorithms need a secret: give 'key', or other algorithms`]
    : []
}

function timeFaults({ leeway = 0, maxAge = 1 }: JwtSettings): readonly string[] {
  return [
    ...(leeway >= 0 && leeway <= 600 ? [] : [`.leeway is ${leeway}: give a number of seconds from 0 to 600`]),
    ...(maxAge > 0 && maxAge < Number.POSITIVE_INFINITY
      ? []
      : [`.maxAge is ${maxAge}: give a number of seconds above 0, or leave it out for any age`]),
  ]
}
