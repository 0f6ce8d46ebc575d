import { z } from 'zod'
import { any, del, get, patch, post, put, query } from '../../src/http/rest-channel.ts'
import { notFound } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'

const Address = z.object({ street: z.string(), zip: z.string().regex(/^\d{5}$/) }).meta({ id: 'Address' })
const Team = z.object({
  name: z.string(),
  get teams() {
    return z.array(Team)
  },
})
const Contact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('email'), email: z.email() }),
  z.object({ kind: z.literal('phone'), phone: z.e164() }),
])
const Employee = z
  .object({
    name: z
      .string()
      .min(1)
      .meta({ description: 'The full name', examples: ['John Doe'] }),
    department: z.enum(['HR', 'IT']).default('HR'),
    born: z.iso.date().optional(),
    hired: z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    }),
    boss: z.int().positive().nullable(),
    home: Address.nullable(),
    contacts: z.array(Contact),
    place: z
      .tuple([z.number().gte(-90).lte(90), z.number().gt(-180).lte(180)])
      .optional()
      .meta({ description: 'Latitude and longitude', examples: [[50.1, 8.6]] }),
    labels: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
    extra: z.unknown().optional(),
  })
  .meta({ id: 'Employee', description: 'Somebody who works here' })
const EmployeeNumber = z.object({
  employee_no: z.int().meta({ description: 'The number of the employee', examples: [123] }),
})

const john: z.output<typeof Employee> = {
  name: 'John Doe',
  department: 'HR',
  hired: new Date('2020-01-31T08:00:00Z'),
  boss: null,
  home: { street: 'Main Street 1', zip: '12345' },
  contacts: [{ kind: 'email', email: 'john@sample.test' }],
}

const employeeService = service.with({ tags: ['Employee'], throws: ['not_found'] })

/** Services that use most of what a model and a channel can say, by the name of their file. */
export const sampleServices: Readonly<Record<string, Readonly<Record<string, Service>>>> = {
  employee: {
    listEmployees: employeeService({
      summary: 'List employees',
      description: 'Lists **all** employees:\n\n- by name\n- page by page',
      input: z.object({
        department: z.array(z.enum(['HR', 'IT'])).optional(),
        page: z.int().min(1).default(1),
        trace: z.string().optional(),
        theme: z.string().optional(),
      }),
      output: z.object({ items: z.array(Employee), next: z.int().nullable() }),
      on: get('/employees', { in: { trace: 'header', theme: 'cookie' } }),
      handle: () => ({ items: [john], next: null }),
    }),
    getEmployee: employeeService({
      summary: 'Read one employee',
      input: EmployeeNumber,
      output: Employee,
      on: get('/employees/{employee_no}'),
      handle: ({ input }) => (input.employee_no === 123 ? john : notFound(`There is no employee ${input.employee_no}`)),
    }),
    createEmployee: employeeService({
      summary: 'Add an employee',
      input: Employee,
      output: EmployeeNumber,
      throws: ['conflict'],
      on: post('/employees', { status: 201 }),
      handle: () => ({ employee_no: 124 }),
    }),
    changeEmployee: employeeService({
      summary: 'Change an employee',
      input: EmployeeNumber.extend(Employee.partial().shape),
      on: [patch('/employees/{employee_no}'), put('/employees/{employee_no}')],
      handle: () => undefined,
    }),
    deleteEmployee: employeeService({
      summary: 'Delete an employee',
      deprecated: true,
      input: EmployeeNumber,
      on: del('/employees/{employee_no}'),
      handle: () => undefined,
    }),
  },
  team: {
    replaceTeams: service({
      tags: ['Team'],
      input: Team,
      output: z.object({ teams: z.array(Team) }),
      on: put('/teams'),
      handle: ({ input }) => ({ teams: [input] }),
    }),
    search: service({
      tags: ['Team'],
      input: z.object({ name: z.string().min(3) }),
      output: z.array(Team),
      on: query('/teams'),
      handle: () => [],
    }),
    run: service({
      tags: ['Team'],
      input: z.object({ fast: z.boolean() }),
      on: any('/teams/run'),
      handle: () => undefined,
    }),
    internal: service({ on: get('/internal', { hidden: true }), handle: () => undefined }),
  },
}
