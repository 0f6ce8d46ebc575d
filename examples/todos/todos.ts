import { provider } from 'trestle'

/** What somebody has to do. */
export interface Todo {
  readonly userId: number
  readonly id: number
  readonly title: string
  readonly completed: boolean
}

const users = 10
const eachUser = 20

const titles: Readonly<Record<number, string>> = {
  1: 'delectus aut autem',
  10: 'illo est ratione doloremque quia maiores aut',
}

/** Twenty todos for each of ten users, the same each time: nothing that a client sends is kept. */
export const todos = provider(
  (): readonly Todo[] =>
    Array.from({ length: users * eachUser }, (_, index) => ({
      userId: Math.floor(index / eachUser) + 1,
      id: index + 1,
      title: titles[index + 1] ?? `todo ${index + 1}`,
      completed: index === 3 || index === 7 || index % eachUser > 8,
    })),
  { scope: 'app' },
)
