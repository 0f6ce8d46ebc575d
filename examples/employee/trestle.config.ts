import { apiKey, basic, defineApp } from 'trestle'

export const app = defineApp({
  title: 'Employee API',
  version: '1.0.0',
  description: 'Keeps the employees of a company: read, add, change and delete them.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [{ name: 'Employee', description: 'The employees of the company' }],
  envelope: 'meta',
  // One definition for each client. As long as a variable is not set, its definition lets nobody in.
  security: {
    hr: basic({ username: 'hr', password: '${HR_PASSWORD}' }),
    payroll: basic({ username: 'payroll', password: '${PAYROLL_PASSWORD}' }),
    onboarding: basic({ username: 'onboarding', password: '${ONBOARDING_PASSWORD}' }),
    recruiter: basic({ username: 'recruiter', password: '${RECRUITER_PASSWORD}' }),
    insurer: apiKey({ key: '${INSURER_KEY}' }),
    partners: ['recruiter', 'insurer'],
  },
})
