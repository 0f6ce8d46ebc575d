import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets()
secrets.declare('correct horse')
secrets.declare('quo"ted\\')
secrets.declare('482910')
secrets.declare('abc')
secrets.declareNames(() => ['iban'])

suite('secrets', () => {
  test('are masked by their names, at any depth and in any spelling', () => {
    const given = {
      user: { name: 'Ada', Password: 'x', roles: ['a'] },
      list: [{ apiKey: 'k' }, { iban: 'DE1' }],
      headers: { authorization: ['Basic x'], 'set-cookie': ['a=b'] },
      pin: 1234,
      hasPassword: true,
      password: null,
      secret: '',
    }
    assert.deepEqual(secrets.maskValue(given), {
      user: { name: 'Ada', Password: '***', roles: ['a'] },
      list: [{ apiKey: '***' }, { iban: '***' }],
      headers: { authorization: '***', 'set-cookie': '***' },
      pin: '***',
      hasPassword: true,
      password: null,
      secret: '',
    })
    assert.equal(given.user.Password, 'x')
  })

  test('cost no copy where there are none', () => {
    const error = new Error('no')
    const values = [{ a: { b: [1, { c: 2 }] } }, [1, 2], new Map([['a', 1]]), new Set([1]), new Date(), error, 5, null]
    for (const each of values) assert.equal(secrets.maskValue(each), each)
  })

  test('are masked in errors, their causes and their members, and the errors stay errors', () => {
    const cause = Object.assign(new TypeError('with correct horse'), { config: { headers: { cookie: 'sid=1' } } })
    const masked = secrets.maskValue(new RangeError('outer correct horse', { cause }), true)
    assert.ok(masked instanceof RangeError)
    assert.equal(masked.message, 'outer ***')
    assert.doesNotMatch(masked.stack ?? '', /horse/)
    const inner = masked.cause as typeof cause
    assert.ok(inner instanceof TypeError)
    assert.deepEqual([inner.message, inner.config], ['with ***', { headers: { cookie: '***' } }])
    const several = secrets.maskValue(new AggregateError([new Error('correct horse')], 'all'), true) as AggregateError
    assert.equal(several.errors[0].message, '***')
  })

  test('are masked in maps, sets and what writes itself as JSON', () => {
    assert.deepEqual(secrets.maskValue(new Map([['token', 'x']])), new Map([['token', '***']]))
    assert.deepEqual(secrets.maskValue(new Set([{ token: 'x' }])), new Set([{ token: '***' }]))
    assert.deepEqual(secrets.maskValue({ toJSON: () => ({ password: 'x' }) }), { password: '***' })
  })

  test('are masked in lists of headers', () => {
    const headers = [
      ['X-API-Key', 'k-1'],
      ['Accept', 'x'],
    ]
    assert.deepEqual(secrets.maskValue({ headers, rawHeaders: ['Host', 'a', 'Authorization', 'Basic abc'] }), {
      headers: [
        ['X-API-Key', '***'],
        ['Accept', 'x'],
      ],
      rawHeaders: ['Host', 'a', 'Authorization', '***'],
    })
    assert.deepEqual(secrets.maskValue({ changed: ['password', 'email'] }), { changed: ['password', 'email'] })
  })

  test('are found in what holds itself, lies deep, is large or throws', () => {
    const round: Record<string, unknown> = { token: 'x' }
    round.self = round
    assert.deepEqual(secrets.maskValue(round), { token: '***', self: '[circular]' })
    const deep = Array.from({ length: 50 }).reduce<object>((inner) => ({ inner }), { password: 'deep' })
    assert.doesNotMatch(JSON.stringify(secrets.maskValue(deep)), /"deep"/)
    const large = secrets.maskValue(Array.from({ length: 100_000 }, (_, no) => ({ no }))) as unknown[]
    assert.ok(large.length <= 20_001)
    assert.equal(large.at(-1), '[too large]')
    const throwing = {
      get bad(): never {
        throw new Error('no')
      },
      password: 'x',
    }
    assert.deepEqual(secrets.maskValue(throwing), { bad: '[unreadable]', password: '***' })
    const rude = {
      toJSON: () => {
        throw new Error('no')
      },
    }
    assert.equal(secrets.maskValue(rude), '[unreadable]')
  })

  test('that are known are masked in every text, in the forms in which they are sent', () => {
    assert.equal(secrets.maskText('it is correct horse, or correct%20horse'), 'it is ***, or ***')
    assert.equal(secrets.maskText('too short: abc'), 'too short: abc')
    assert.deepEqual(secrets.maskValue({ a: ['x correct horse'] }, true), { a: ['x ***'] })
  })

  test('that are short are masked as words, so that they do not hide half of a log', () => {
    const secrets = createSecrets()
    for (const each of ['test', '1234']) secrets.declare(each)
    assert.equal(
      secrets.maskText('the latest tests test "test", x=test&y, 12345 ms, 1234'),
      'the latest tests *** "***", x=***&y, 12345 ms, ***',
    )
    assert.equal(secrets.maskLine(JSON.stringify({ a: 'a\ntest\ttest' })), JSON.stringify({ a: 'a\n***\t***' }))
    assert.equal(secrets.maskText('?q=%20test'), '?q=%20***')
    assert.equal(secrets.maskLine('{"ms":12345,"pin":1234,"a":"test"}'), '{"ms":12345,"pin":"***","a":"***"}\n')
  })

  test('are masked in lines, which are JSON afterwards', () => {
    const line = {
      level: 'info',
      n: 482910,
      m: 1482910,
      s: '482910',
      q: 'a quo"ted\\ b',
      j: JSON.stringify({ password: 'p w' }),
    }
    assert.deepEqual(JSON.parse(secrets.maskLine(`${JSON.stringify(line)}\n`)), {
      ...line,
      ...{ n: '***', s: '***', q: 'a *** b', j: '{"password":"***"}' },
    })
  })
})
