import { get, notFound, post, rest, service } from 'trestle'
import { z } from 'zod'
import { books } from '../books.ts'

const Author = z.object({ name: z.string().min(1) }).meta({ xml: { name: 'author' } })
const Book = z
  .object({
    title: z.string().min(1),
    page_count: z.int().positive(),
    pub_date: z.iso.date(),
    // In XML the authors stand in an element of their own: <authors><author>…</author></authors>.
    authors: z
      .array(Author)
      .min(1)
      .meta({ xml: { wrapped: true } }),
    isbn13: z.string().regex(/^97[89]-\d{10}$/),
    genre: z.string(),
  })
  .meta({ id: 'Book', xml: { name: 'book' } })

// Both formats in both directions, for every channel of the services below.
const bookService = service.with({
  use: { books },
  tags: ['Books'],
  on: rest({ produces: ['json', 'xml'], consumes: ['json', 'xml'] }),
})

export const getBook = bookService({
  summary: 'Read one book',
  input: z.object({ number: z.int().positive() }),
  output: Book,
  throws: ['not_found'],
  on: get('/books/{number}'),
  handle: ({ input, books }) => books[input.number - 1] ?? notFound(`There is no book ${input.number}`),
})

export const addBook = bookService({
  summary: 'Add a book',
  input: Book,
  output: Book,
  on: post('/books', { status: 201 }),
  handle: ({ input, books, http }) => {
    const number = books.push(input)
    http?.setHeader('Location', `/books/${number}`)
    return input
  },
})
