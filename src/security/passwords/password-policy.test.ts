import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { guessedPasswords } from './guessed-passwords.ts'
import { type PasswordPolicy, passwordFaults, policyFaults } from './password-policy.ts'

const common = 'must be none of those that everybody tries first'
const named = 'must not contain the user name'

describe('the policy for passwords', () => {
  const cases: readonly (readonly [password: string, policy: PasswordPolicy, username: string, ...faults: string[]])[] =
    [
      ['a good long phrase', {}, 'ada'],
      ['1234567', {}, 'ada', 'must have at least 8 characters'],
      ['', {}, '', 'must have at least 8 characters'],
      ['\u{1f512}\u{1f511}\u{1f980}\u{1f419}\u{1f42c}\u{1f9ca}\u{1f30b}', {}, 'ada', 'must have at least 8 characters'],
      // Four ligatures that are two letters each.
      ['\ufb01\ufb01\ufb01\ufb02', {}, 'ada'],
      ['fourteen chars', { minLength: 15 }, 'ada', 'must have at least 15 characters'],
      ['one two three four', { maxLength: 10 }, 'ada', 'must have at most 10 characters'],
      ['a b'.repeat(342), {}, 'ada', 'must have at most 1024 characters'],
      ['Password1', {}, 'ada', common],
      ['zzzzzzzzzzzz', {}, 'ada', common],
      ['Password1', { allowCommon: true }, 'ada'],
      ['lovelace and babbage', {}, 'Lovelace', named],
      ['ada and babbage', {}, 'ada'],
      ['ada.lovelace!', {}, 'ada.lovelace@example.com', named],
      ['half \ud800 a character', {}, 'ada', 'must be text in Unicode'],
      ['all small here', { upper: true, lower: true }, 'ada', 'must have a capital letter'],
      ['ALL CAPITALS', { upper: true, lower: true }, 'ada', 'must have a small letter'],
      ['no digits here', { digit: true }, 'ada', 'must have a digit'],
      ['digits4and7letters', { symbol: true }, 'ada', 'must have a character that is neither a letter nor a digit'],
      ['\u00c9cole du 14 juillet', { upper: true, lower: true, digit: true, symbol: true }, 'ada'],
    ]
  for (const [password, policy, username, ...faults] of cases) {
    const shown = password.length > 30 ? `${password.slice(0, 30)}…` : password
    test(`says ${faults.length === 0 ? 'nothing' : faults.join(', ')} of '${shown}' ${JSON.stringify(policy)}`, () => {
      assert.deepEqual(passwordFaults(password, policy, { username }), faults)
    })
  }

  test('says all at once, also what a function of the app says', () => {
    const check: PasswordPolicy['check'] = (password, { username }) =>
      password.includes('acme') ? [`must not name the company, ${username}`] : []
    assert.deepEqual(passwordFaults('acme', { upper: true, check }, { username: 'ada' }), [
      'must have at least 8 characters',
      'must have a capital letter',
      'must not name the company, ada',
    ])
  })

  test('that nothing could follow keeps an app from starting', () => {
    assert.deepEqual(policyFaults({}), [])
    assert.deepEqual(policyFaults({ minLength: 0, maxLength: 2000 }), [
      'users.passwords.minLength is 0: give a whole number from 1 to 1024',
      'users.passwords.maxLength is 2000: give a whole number from 1 to 1024',
    ])
    assert.deepEqual(policyFaults({ minLength: 20, maxLength: 10 }), [
      'users.passwords.minLength is 20, more than maxLength, 10: no password could be both',
    ])
  })

  test('knows common passwords that would be long enough', () => {
    assert.ok(guessedPasswords.size > 250)
    assert.deepEqual(
      [...guessedPasswords].filter((each) => each.length < 8 || each !== each.toLowerCase()),
      [],
    )
  })
})
