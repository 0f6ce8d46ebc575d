import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationIds } from './operation-ids.ts'

const ids = (...lines: string[]): readonly string[] =>
  operationIds(
    lines.map((line) => {
      const [method = '', service = ''] = line.split(' ')
      return { method, service }
    }),
  )

test('an id is the last part of the name of the service, in camelCase', () => {
  assert.deepEqual(ids('get employee.get-employee', 'get list', 'get a.b.read_one'), ['getEmployee', 'list', 'readOne'])
})

test('services that would share an id both get the rest of their names before it, whatever their order', () => {
  assert.deepEqual(ids('get employee.read', 'get event.read'), ['employeeRead', 'eventRead'])
  assert.deepEqual(ids('get event.read', 'get employee.read'), ['eventRead', 'employeeRead'])
})

test('further operations of a service add their method, and then a number', () => {
  const named = ids('get a.find', 'post a.find', 'get a.find', 'post a.find', 'put a.find')
  assert.deepEqual(named, ['find', 'findPost', 'find2', 'findPost2', 'findPut'])
})

test('an id that another service has already is numbered', () => {
  assert.deepEqual(ids('get a.find', 'post a.find', 'get b.find-post'), ['find', 'findPost', 'findPost2'])
})

test('a name without a letter that URLs can have still gets an id', () => {
  assert.deepEqual(ids('get 名前'), ['operation'])
})
