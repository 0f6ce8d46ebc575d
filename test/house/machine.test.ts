import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chromium, required, skipWithout } from '../machine.ts'

suite('a machine without a thing', () => {
  test('makes a test skip with the reason', () => {
    assert.equal(skipWithout('Chromium', undefined), 'this machine has no Chromium')
    assert.equal(skipWithout('Chromium', 'a path'), false)
  })
  test('is an error with CI=true, and only there', () => {
    {
      using _ = changed('CI', 'true')
      assert.throws(() => required('Chromium', undefined, 'install it'), {
        message: 'CI=true, but this machine has no Chromium: install it',
      })
      assert.equal(required('Chromium', 'a path', 'install it'), 'a path')
    }
    using _ = changed('CI', '')
    assert.equal(required('Chromium', undefined, 'install it'), undefined)
  })
  test('is told from a wrong setting', () => {
    using _ = changed('CHROMIUM', 'no-such-file')
    assert.throws(() => chromium(), /CHROMIUM names 'no-such-file', which does not exist/)
  })
})

/** Sets an environment variable until its scope ends. */
function changed(name: string, value: string): Disposable {
  const before = process.env[name]
  process.env[name] = value
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    },
  }
}
