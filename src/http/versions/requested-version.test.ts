import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { FetchExchange } from '../server/fetch-exchange.ts'
import { versionReader } from './requested-version.ts'
import type { Versions } from './version-settings.ts'

function named(settings: Versions, url: string, headers: Readonly<Record<string, string>> = {}): unknown {
  const request = new Request(`http://test${url}`, { headers })
  return versionReader(settings)(
    new FetchExchange(
      request,
      () => 'cid',
      () => {},
    ),
  )
}

suite('the version that a request names', () => {
  test('is read from where the settings say, and has to be the same everywhere', () => {
    const both: Versions = { by: ['query', 'header'], query: 'v', header: 'Api' }
    assert.deepEqual(named(both, '/?v=1', { Api: '2' }), { style: 'query', names: [], named: ['1', '2'] })
    assert.deepEqual(named(both, '/?v=2', { Api: '2' }), { style: 'query', names: ['2'], named: ['2', '2'] })
    assert.deepEqual(named(both, '/?version=1', { Api: '2' }), { style: 'header', names: ['2'], named: ['2'] })
    assert.equal(named(both, '/', { Api: ' ' }), undefined)
  })
  test('is none of several in the query', () => {
    const names = (url: string): unknown => named({ by: 'query' }, url)
    assert.deepEqual(names('/?version=a%2Eb&version=2'), { style: 'query', names: [], named: ['a.b', '2'] })
    assert.deepEqual(names('/?version=2&version=2'), { style: 'query', names: ['2', '2'], named: ['2', '2'] })
    assert.deepEqual(names('/?version='), { style: 'query', names: [''], named: [''] })
  })
  test('is what Accept wants most, in whatever type', () => {
    const names = (accept: string): unknown => named({ by: 'media-type' }, '/', { accept })
    assert.deepEqual(names('application/json;version=1;q=0.2, text/csv; VERSION="2"'), {
      style: 'media-type',
      names: ['2', '1'],
      named: ['2', '1'],
    })
    assert.equal(names('application/json; version=1; q=0, */*'), undefined)
    assert.equal(names('application/json; conversion=1'), undefined)
  })
})
