import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nearest } from './nearest.ts'

const names = ['employee.get-employee', 'employee.create-employee', 'hr.pay']

suite('the nearest name', () => {
  test('is the one with the fewest differences, whatever the case', () => {
    assert.equal(nearest('employee.getEmploye', names), 'employee.get-employee')
    assert.equal(nearest('HR.PYA', names), 'hr.pay')
  })
  test('is none when nothing is near', () => {
    assert.equal(nearest('invoice.send', names), undefined)
    assert.equal(nearest('x', []), undefined)
  })
})
