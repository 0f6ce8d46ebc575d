import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pythonScript } from './python-block.ts'

test('Python lines are held against what is said behind them', () => {
  assert.equal(
    pythonScript('a = 1\nrequests.get("x").json()  # {"a": 1}'),
    [
      'import os, uuid',
      'import requests',
      'a = 1',
      '_found = requests.get("x").json()',
      'assert _found == ({"a": 1}), f"found {_found!r}"',
      '',
    ].join('\n'),
  )
})
