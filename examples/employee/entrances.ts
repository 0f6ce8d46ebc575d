import { group } from 'trestle'

/** Open to all. */
export const open = group({ prefix: '/api/employee', security: false })

/** For the systems of the company, each with its own password. Whatever is wrong with it, the answer is 403. */
export const secure = group({
  prefix: '/api/secure/employee',
  security: ['hr', 'payroll', 'onboarding'],
  authFailureStatus: 403,
})

/** For partners, who are one group: some have a password, some a key. */
export const partner = group({ prefix: '/api/partner/employee', security: 'partners' })
