import { del, get, notFound, patch, post, put, service } from 'trestle'
import { z } from 'zod'
import { todos } from '../todos.ts'

const TodoId = z.object({ id: z.int().positive() })
const TodoData = z.object({ userId: z.int().positive(), title: z.string(), completed: z.boolean() })
const Todo = z.object({ userId: z.int(), id: z.int(), title: z.string(), completed: z.boolean() }).meta({ id: 'Todo' })

const todoService = service.with({ use: { todos }, tags: ['Todos'] })

export const listTodos = todoService({
  summary: 'List all todos, or those of a user',
  input: z.object({ userId: z.int().optional(), completed: z.boolean().optional() }),
  output: z.array(Todo),
  on: get('/todos'),
  handle: ({ input: { userId, completed }, todos }) =>
    todos.filter((each) => (userId ?? each.userId) === each.userId && (completed ?? each.completed) === each.completed),
})

export const getTodo = todoService({
  summary: 'Read one todo',
  input: TodoId,
  output: Todo,
  throws: ['not_found'],
  on: get('/todos/{id}'),
  handle: ({ input, todos }) => todos.find(({ id }) => id === input.id) ?? notFound(),
})

export const createTodo = todoService({
  summary: 'Answer as if a todo were added',
  input: TodoData,
  output: Todo,
  on: post('/todos', { status: 201, location: '/todos/{id}' }),
  handle: ({ input, todos }) => ({ ...input, id: todos.length + 1 }),
})

export const replaceTodo = todoService({
  summary: 'Answer as if a todo were replaced',
  input: TodoId.extend(TodoData.shape),
  output: Todo,
  throws: ['not_found'],
  on: put('/todos/{id}'),
  handle: ({ input, todos }) => (todos.some(({ id }) => id === input.id) ? input : notFound()),
})

export const changeTodo = todoService({
  summary: 'Answer as if a todo were changed',
  input: TodoId.extend(TodoData.partial().shape),
  output: Todo,
  throws: ['not_found'],
  on: patch('/todos/{id}'),
  handle: ({ input, todos }) => {
    const todo = todos.find(({ id }) => id === input.id) ?? notFound()
    return Object.assign({}, todo, input)
  },
})

export const removeTodo = todoService({
  summary: 'Answer as if a todo were removed',
  input: TodoId,
  output: z.object({}),
  on: del('/todos/{id}'),
  handle: () => ({}),
})
