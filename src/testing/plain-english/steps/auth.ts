import { digestOf, useDigest } from '../http/digest.ts'
import { removeHeader, setSecretHeader, withPair } from '../request-draft.ts'
import { type Step, step } from '../step.ts'

/** Who is calling. */
export const authSteps: readonly Step[] = [
  step({
    phrase: 'Basic Auth {text} {text}',
    summary: 'Sends a name and a password, in this and the following requests of the feature.',
    example:
      'Given URL path "/basic-auth/ann/secret"\nAnd Basic Auth "ann" "secret"\nWhen the URL is invoked\n' +
      'Then path "/user" is "ann"',
    run: (world, username, password) => {
      if (username.includes(':'))
        throw new Error(`The name "${username}" has a colon, which Basic authentication cannot send`)
      const token = Buffer.from(`${username}:${password}`).toString('base64')
      world.hide(password)
      world.hide(token)
      setSecretHeader(world.request, 'Authorization', `Basic ${token}`)
    },
  }),
  step({
    phrase: 'Digest Auth {text} {text}',
    summary: 'Proves a name and a password without sending the password, when the server asks for it.',
    example:
      'Given URL path "/digest"\nAnd Digest Auth "ann" "secret"\nWhen the URL is invoked\nThen path "/user" is "ann"',
    run: (world, username, password) => {
      world.hide(password)
      removeHeader(world.request, 'Authorization')
      useDigest(world, digestOf(username, password))
    },
  }),
  step({
    phrase: 'bearer token {text}',
    also: ['Bearer token {text}', 'OAuth2 bearer token {text}'],
    summary: 'Sends a bearer token, in this and the following requests of the feature.',
    example:
      'Given URL path "/bearer"\nAnd bearer token "abc-123"\nWhen the URL is invoked\nThen path "/token" is "abc-123"',
    run: (world, token) => {
      world.hide(token)
      setSecretHeader(world.request, 'Authorization', `Bearer ${token}`)
    },
  }),
  step({
    phrase: 'API key {text} in header {text}',
    summary: 'Sends an API key in a header.',
    example:
      'Given URL path "/headers"\nAnd API key "key-of-ann" in header "X-API-Key"\nWhen the URL is invoked\n' +
      'Then path "/headers/X-Api-Key" is "key-of-ann"',
    run: (world, key, name) => {
      world.hide(key)
      setSecretHeader(world.request, name, key)
    },
  }),
  step({
    phrase: 'API key {text}',
    summary: 'Sends an API key in the header `X-API-Key`.',
    example:
      'Given URL path "/headers"\nAnd API key "key-of-ann"\nWhen the URL is invoked\n' +
      'Then path "/headers/X-Api-Key" is "key-of-ann"',
    run: (world, key) => {
      world.hide(key)
      setSecretHeader(world.request, 'X-API-Key', key)
    },
  }),
  step({
    phrase: 'API key {text} in query {text}',
    also: ['API key {text} in query parameter {text}'],
    summary: 'Sends an API key as a parameter of the query.',
    example:
      'Given URL path "/get"\nAnd API key "key-of-ann" in query "key"\nWhen the URL is invoked\n' +
      'Then path "/args/key" is "key-of-ann"',
    run: (world, key, name) => {
      world.hide(key)
      world.request.secretQuery = withPair(world.request.secretQuery, name, key)
    },
  }),
  step({
    phrase: 'API key {text} in cookie {text}',
    summary: 'Sends an API key as a cookie.',
    example:
      'Given URL path "/cookies"\nAnd API key "key-of-ann" in cookie "key"\nWhen the URL is invoked\n' +
      'Then path "/cookies/key" is "key-of-ann"',
    run: (world, key, name) => {
      world.hide(key)
      world.request.cookies = withPair(world.request.cookies, name, key)
    },
  }),
  step({
    phrase: 'no authentication',
    also: ['credentials are cleaned up', 'I am not authenticated'],
    summary: 'Sends the credentials no longer that earlier steps gave for headers and the query; cookies stay.',
    example:
      'Given bearer token "abc-123"\nAnd no authentication\nAnd URL path "/bearer"\nWhen the URL is invoked\nThen status is "401"',
    run: (world) => {
      const { request } = world
      useDigest(world, undefined)
      for (const name of ['authorization', ...request.secretHeaders]) removeHeader(request, name)
      request.secretHeaders = new Set()
      request.secretQuery = []
    },
  }),
]
