import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isSecretName } from './secret-name.ts'

suite('the name of a secret', () => {
  const secret = [
    ...[
      'password',
      'newPassword',
      'HR_PASSWORD',
      'hr-password',
      'passwd',
      'db.pwd',
      'password2',
      'passwordHash',
      'PASSPHRASE',
    ],
    ...['secret', 'clientSecret', 'client_secret', 'CLIENT-SECRET', 'token', 'access_token', 'refreshToken', 'IDToken'],
    ...['apiKey', 'api_key', 'apikey', 'X-API-Key', 'x-api-key', 'APIKey', 'privateKey', 'private_key', 'signing-key'],
    ...[
      'authorization',
      'Proxy-Authorization',
      'cookie',
      'Set-Cookie',
      'credential',
      'credentials',
      'session',
      'csrfToken',
    ],
    ...['X-XSRF-TOKEN', 'sessionId', 'session_id', 'jwt', 'pin', 'otp'],
  ]
  for (const name of secret) test(`is ${name}`, () => assert.equal(isSecretName(name), true))

  const others = [
    'password_changed_at',
    'clientSecretExpiresAt',
    'credentials_count',
    'api_key_prefix',
    'cookie_consent',
    'passwordless',
    'author',
    'tokens',
    'session_count',
    'name',
    'key',
    'keys',
    'token_type',
    'tokenEndpoint',
    'secretary',
    'passage',
    'spinning',
    'author',
    'monkey',
  ]
  for (const name of [...others, '', '__proto__', 'constructor', 'x'.repeat(1000)]) {
    test(`is not '${name.slice(0, 20)}'`, () => assert.equal(isSecretName(name), false))
  }
})
