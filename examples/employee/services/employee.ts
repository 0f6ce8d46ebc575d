import { notFound, service } from 'trestle'
import { z } from 'zod'
import { employees } from '../employees.ts'
import { open, partner, secure } from '../entrances.ts'

const Employee = z
  .object({
    name: z
      .string()
      .min(1)
      .meta({ examples: ['John Doe'] }),
    department: z
      .string()
      .min(1)
      .meta({ examples: ['HR'] }),
  })
  .meta({ id: 'Employee' })

const EmployeeNumber = z.object({
  employee_no: z
    .int()
    .positive()
    .meta({ description: 'The number of the employee', examples: [123] }),
})

// What all services about employees share: the store, their place in the documentation, and the problem they may raise.
const employeeService = service.with({ use: { employees }, tags: ['Employee'] })

const missing = (number: number): never => notFound(`There is no employee ${number}`)

export const getEmployee = employeeService({
  summary: 'Read one employee',
  input: EmployeeNumber,
  output: Employee,
  throws: ['not_found'],
  on: [
    open.get('/get/{employee_no}'),
    secure.get('/get/{employee_no}'),
    secure.get('/{employee_no}'),
    partner.get('/get/{employee_no}'),
    partner.get('/{employee_no}'),
  ],
  handle: ({ input, employees, log }) => {
    log.info({ employee_no: input.employee_no }, 'Returning employee data')
    return employees.find(input.employee_no) ?? missing(input.employee_no)
  },
})

export const createEmployee = employeeService({
  summary: 'Add an employee',
  input: Employee,
  output: EmployeeNumber,
  on: [open.post('/create'), secure.post('/create'), partner.post('/create')],
  handle: ({ input, employees, log }) => {
    const employee_no = employees.add(input)
    log.info({ employee_no }, 'Added an employee')
    return { employee_no }
  },
})

export const updateEmployee = employeeService({
  summary: 'Change an employee',
  description: 'Changes what is given, and leaves the rest as it is.',
  // The number comes from the path, the rest from the body: together they are one input.
  input: EmployeeNumber.extend(Employee.partial().shape),
  throws: ['not_found'],
  on: [
    open.post('/update/{employee_no}'),
    open.patch('/update/{employee_no}'),
    secure.post('/update/{employee_no}'),
    secure.patch('/update/{employee_no}'),
    partner.post('/update/{employee_no}'),
    partner.patch('/update/{employee_no}'),
  ],
  handle: ({ input: { employee_no, ...changes }, employees, log }) => {
    if (!employees.update(employee_no, changes)) missing(employee_no)
    log.info({ employee_no, changed: Object.keys(changes) }, 'Changed an employee')
  },
})

export const deleteEmployee = employeeService({
  summary: 'Delete an employee',
  input: EmployeeNumber,
  throws: ['not_found'],
  // Some clients can only POST, also when they delete.
  on: [
    open.del('/delete/{employee_no}'),
    open.post('/delete/{employee_no}'),
    secure.del('/delete/{employee_no}'),
    secure.post('/delete/{employee_no}'),
    partner.del('/delete/{employee_no}'),
    partner.post('/delete/{employee_no}'),
  ],
  handle: ({ input: { employee_no }, employees, log }) => {
    if (!employees.remove(employee_no)) missing(employee_no)
    log.info({ employee_no }, 'Deleted an employee')
  },
})
