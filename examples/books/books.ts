import { provider } from 'trestle'

/** What is kept of a book. */
export interface Book {
  readonly title: string
  readonly page_count: number
  readonly pub_date: string
  readonly authors: { readonly name: string }[]
  readonly isbn13: string
  readonly genre: string
}

const pythonBasics: Book = {
  title: 'Python Basics',
  page_count: 635,
  pub_date: '2021-03-16',
  authors: [{ name: 'David Amos' }, { name: 'Joanna Jablonski' }, { name: 'Dan Bader' }, { name: 'Fletcher Heisler' }],
  isbn13: '978-1775093329',
  genre: 'Education',
}

/** The books of the app, in the order in which they came; the first one is book 1. */
export const books = provider(() => [pythonBasics], { scope: 'app' })
