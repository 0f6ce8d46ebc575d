import { get, notFound, post, service } from 'trestle'
import { z } from 'zod'

// Replace this with a database when you have one.
const greetings = new Map([
  ['en', 'Hello'],
  ['es', 'Hola'],
  ['pl', 'Cześć'],
])

const Language = z
  .string()
  .regex(/^[a-z]{2}$/)
  .meta({ description: 'The code of a language, such as en', examples: ['en'] })

export const greet = service({
  summary: 'Greet somebody by name',
  input: z.object({
    language: Language,
    name: z
      .string()
      .min(1)
      .max(50)
      .meta({ examples: ['Ada'] }),
  }),
  output: z.object({ greeting: z.string() }),
  throws: ['not_found'],
  on: get('/greetings/{language}/{name}'),
  handle: ({ input, log }) => {
    const hello = greetings.get(input.language) ?? notFound(`No greeting in '${input.language}' yet`)
    log.info({ language: input.language }, 'Greeted somebody')
    return { greeting: `${hello}, ${input.name}!` }
  },
})

export const addGreeting = service({
  summary: 'Add a greeting in another language',
  input: z.object({ language: Language, word: z.string().min(1).max(50) }),
  output: z.object({ languages: z.array(Language) }),
  on: post('/greetings', { status: 201 }),
  handle: ({ input }) => {
    greetings.set(input.language, input.word)
    return { languages: [...greetings.keys()] }
  },
})
