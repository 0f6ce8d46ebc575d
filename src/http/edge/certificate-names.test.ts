import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alternativeNames, distinguishedName } from './certificate-names.ts'

test('a subject is written as RFC 4514 has it', () => {
  assert.equal(distinguishedName('C=DE\nO=Example\\, Inc.\nCN=hr + UID=7'), 'CN=hr+UID=7,O=Example\\, Inc.,C=DE')
  assert.equal(distinguishedName('CN=a \\+ b'), 'CN=a \\+ b')
  assert.equal(distinguishedName(undefined), '')
  // A line end in a value is written as \0A, so that no value can pass for two parts.
  assert.equal(distinguishedName('O=Evil\nCN=x\\0ACN=hr'), 'CN=x\\0ACN=hr,O=Evil')
})

test('alternative names are read one by one', () => {
  assert.deepEqual(
    alternativeNames('DNS:hr.example.com, URI:spiffe://example/hr, email:hr@example.com, IP Address:127.0.0.1'),
    ['DNS:hr.example.com', 'URI:spiffe://example/hr', 'email:hr@example.com', 'IP:127.0.0.1'],
  )
  assert.deepEqual(alternativeNames(undefined), [])
  assert.deepEqual(alternativeNames('othername:<unsupported>, DNS:a.test'), ['DNS:a.test'])
})

test('a name that holds others is one name', () => {
  assert.deepEqual(alternativeNames('DNS:"a.test, DNS:hr.example.com"'), ['DNS:a.test, DNS:hr.example.com'])
  assert.deepEqual(alternativeNames('URI:"x\\u002c DNS:hr.example.com", DNS:b.test'), [
    'URI:x, DNS:hr.example.com',
    'DNS:b.test',
  ])
  // What cannot be read for sure has no names at all.
  for (const odd of ['DNS:a.test,DNS:hr.example.com', 'DNS:"a.test, DNS:hr.example.com', 'a.test', 'DNS:a"b"'])
    assert.deepEqual(alternativeNames(odd), [])
})
