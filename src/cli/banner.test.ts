import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Served } from '../platform/served.ts'
import { announcement, banner } from './banner.ts'
import { version } from './version.ts'

const served: Served = {
  ...{ title: 'Employee API', version: '1.0.0', url: 'http://127.0.0.1:17010', host: '127.0.0.1', port: 17010 },
  ...{ services: 4, channels: 1, docs: ['/docs', '/redoc', '/openapi.json'] },
  stopTimeout: 10_000,
  tryIt: 'curl http://127.0.0.1:17010/api/employee/get/123',
}

suite('the banner', () => {
  test('says what is served where, and how to try it', () => {
    assert.equal(
      stripVTControlCharacters(banner(served, 111.6)),
      `
  Trestle ${version}   Employee API 1.0.0   ready in 112 ms

  API        http://127.0.0.1:17010          4 services, 1 channel
  Docs       http://127.0.0.1:17010/docs     /redoc   /openapi.json

  Try it     curl http://127.0.0.1:17010/api/employee/get/123

`,
    )
  })

  test('leaves out what is not there', () => {
    const text = stripVTControlCharacters(banner({ ...served, docs: [], tryIt: undefined }, 1))
    assert.doesNotMatch(text, /Docs|Try it/)
    assert.match(text, /\n {2}API {8}http:\/\/127\.0\.0\.1:17010 {5}4 services, 1 channel\n\n$/)
  })
})

test('the announcement is one sentence with the address', () => {
  assert.equal(announcement(served), `Trestle ${version} serves Employee API 1.0.0 at http://127.0.0.1:17010`)
})
