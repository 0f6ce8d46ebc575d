import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AppOptions, apiKey, basic, bearer, createApp, get, role, StartupError, service, session } from 'trestle'

const hello = service({ name: 'hello', on: get('/hello'), handle: () => {} })
const hr = basic({ username: 'hr', password: 'correct horse' })
const key = 'key-of-the-shop-in-full'

/** The reasons why an app does not start whose settings no compiler has seen. */
function reasons(settings: object): readonly string[] {
  try {
    createApp({ log: 'silent', services: [hello], ...settings } as AppOptions)
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.reasons
    throw error
  }
}

/** A channel with settings that no compiler has seen. */
function channel(settings: object): object {
  return { security: { hr }, services: [service({ name: 'a', on: get('/a', settings), handle: () => {} })] }
}

describe('settings that cannot hold keep the app from starting, and say how to mend it', () => {
  const secretOf = (member: string) =>
    `security.hr has no ${member}: give it one, such as '\${NAME}', which takes an environment variable`
  const noDefinition =
    'security.hr is no definition: make it with basic(), apiKey(), bearer(), session() or mutualTls(), or give a list of names'
  const variable = (member: string) =>
    `security.hr.${member} looks like an environment variable, but is none: write it as '\${NAME}'`

  const wrong: readonly (readonly [object, readonly string[]])[] = [
    [{ security: 'hr' }, ["'security' of the app has no names: write one such as { hr: basic({ … }) }"]],
    [{ security: { hr: 'hr' } }, [noDefinition]],
    [{ security: { hr: null } }, [noDefinition]],
    [{ security: { hr: { username: 'hr', password: 'x' } } }, [noDefinition]],
    [{ security: { hr: { kind: 'digest' } } }, [noDefinition]],
    [{ security: { hr: [hr] } }, ['security.hr has what is no name in it: groups are lists of names']],
    [{ security: { hr: { ...hr, password: undefined } } }, [secretOf('password')]],
    [{ security: { hr: { ...hr, password: [] } } }, [secretOf('password')]],
    [{ security: { hr: { ...hr, password: 7 } } }, ['security.hr.password is no text: give it one, or a list of them']],
    [{ security: { hr: { ...hr, username: '' } } }, ['security.hr has no username: give it one']],
    [
      { security: { hr: { ...hr, username: 'h:r' } } },
      ['security.hr has a colon in its username, which nobody can send: leave it out'],
    ],
    [
      { security: { hr: { ...hr, roles: 'admin' } } },
      ["security.hr.roles is no list of texts: write one such as ['reader']"],
    ],
    [
      { security: { hr: { ...hr, enabled: 'no' } } },
      ['security.hr.enabled is neither true nor false: give it one of these'],
    ],
    [{ security: { hr: { kind: 'apiKey' } } }, [secretOf('key')]],
    [{ security: { hr: apiKey({ key: '$HR_KEY' }) } }, [variable('key')]],
    [{ security: { hr: apiKey({ key: '${HR-KEY}' }) } }, [variable('key')]],
    [{ security: { hr: bearer({ token: '%TOKEN%' }) } }, [variable('token')]],
    [
      { security: { hr: { ...apiKey({ key }), in: 'body' } } },
      ["security.hr.in is 'body': take 'header', 'query' or 'cookie'"],
    ],
    [{ roles: { clerk: 'orders:read' } }, ["roles.clerk is no list of permissions: write one such as ['orders:read']"]],
    [
      { roles: { clerk: { permissions: 'all' } } },
      ["roles.clerk is no list of permissions: write one such as ['orders:read']"],
    ],
    [{ roles: ['clerk'] }, ["'roles' has no names: write one such as { clerk: ['orders:read'] }"]],
    [{ denyByDefault: 'yes' }, ['denyByDefault is neither true nor false: give it one of these']],
    [
      { defaultSecurity: true },
      ['defaultSecurity is neither a name, nor a list of names, nor false: give it one of these'],
    ],
    [
      { security: { hr: session() }, login: () => true },
      ["'login' does not say who people are: make it with login({ verify })"],
    ],
    [
      { failures: '5/minute' },
      ["the setting failures is '5/minute': give rates, such as { address: '20/minute' }, or false"],
    ],
    [
      channel({ security: 'hr', allow: 'admin' }),
      ["'allow' of GET /a (a) is no rule: write one such as role('admin')"],
    ],
    [
      channel({ security: 'hr', allow: { roles: 'x' } }),
      ["'allow' of GET /a (a) is no rule: write one such as role('admin')"],
    ],
    [
      channel({ security: 'hr', allow: { role: ['x'] } }),
      ["'allow' of GET /a (a) is no rule: write one such as role('admin')"],
    ],
    [
      channel({ security: 'hr', allow: () => true }),
      [
        "'allow' of GET /a (a) is no rule: write one such as role('admin'), and functions in the 'allow' of the service",
      ],
    ],
    [channel({ limit: 10 }), ["the limit of GET /a (a) is no limit: write one such as '100/minute'"]],
    [channel({ limit: null }), ["the limit of GET /a (a) is no limit: write one such as '100/minute'"]],
    [
      { security: { hr }, admin: { security: 'admins' } },
      ["admin.security names admins, which is no security definition and no group: add it to 'security' of the app"],
    ],
    [
      { security: { hr }, admin: { security: 'hr', allow: 'admin' } },
      ["admin.allow is no rule: write one such as role('admin')"],
    ],
  ]
  for (const [settings, expected] of wrong) {
    test(expected.join(), () => assert.deepEqual(reasons(settings), expected))
  }

  test("also a service's rule that is none", () => {
    const services = (allow: unknown) => [
      service({ name: 'hello', on: get('/hello'), allow: allow as never, handle: () => {} }),
    ]
    const fault = ["'allow' of hello is no rule: write one such as role('admin')"]
    assert.deepEqual(reasons({ services: services('admin') }), fault)
    assert.deepEqual(reasons({ services: services({ anyOf: [role('a'), () => true] }) }), [])
    assert.deepEqual(reasons({ services: services({ anyOf: [role('a'), 'b'] }) }), fault)
  })

  test('a data folder that is a file', () => {
    const data = import.meta.filename
    assert.deepEqual(reasons({ data, mode: 'production' }), [
      `the data folder ${data} is a file: name a folder, which is made when there is something to keep`,
    ])
  })

  test('but not texts that have a dollar sign in them', () => {
    for (const each of ['pa$$word-$HOME', '$ecret-of-shop-1', '$${NAME}-in-words', '${PATH}', '${NONE:-of these}']) {
      assert.deepEqual(reasons({ security: { hr: apiKey({ key: each }) } }), [], each)
    }
  })
})
