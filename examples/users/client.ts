// Calls the users: node examples/users/client.ts [address], http://localhost:17010 if none is given.
import { bearer, client, type Reply } from 'trestle/client'

const [address = 'http://localhost:17010'] = process.argv.slice(2)
const api = client(address)

interface User {
  readonly id: number
  readonly email: string
  readonly username: string
  readonly full_name: string | null
}

async function show(what: string, reply: Reply): Promise<void> {
  const text = await reply.text()
  console.log(`--- ${what}`)
  console.log(reply.status, text)
}

async function logIn(username: string, password: string) {
  const { access_token: token } = await api
    .post<{ access_token: string }>('/token', { form: { username, password } })
    .json()
  return client(address, { auth: bearer(token) })
}

const grace = { email: 'Grace@Example.com', username: 'grace', full_name: 'Grace Hopper', password: 'SecurePass123' }
const added = await api.post<User>('/users', { json: grace })
const { id, email } = await added.json()
console.log('--- Sign up')
console.log(added.status, email, added.headers.get('Location'))
await show('Sign up again', await api.post('/users', { json: grace }))
await show('Sign up badly', await api.post('/users', { json: { ...grace, email: 'invalid-email' } }))

const user = `/users/${id}`
const me = await logIn('grace@example.com', grace.password)
console.log('--- Who am I')
console.log((await me.get<User>('/users/me').json()).username)
console.log('--- Who is there')
const params = { page: 1, page_size: 1, search: 'hopper' }
const page = await me.get<{ items: User[]; total: number; total_pages: number }>('/users', { params }).json()
console.log(page.total, page.total_pages, JSON.stringify(page.items.map(({ username }) => username)))
await show('A page too far back', await me.get('/users', { params: { page: 0 } }))
console.log('--- Change my name')
const { username, full_name } = await me.patch<User>(user, { json: { full_name: null } }).json()
console.log(JSON.stringify({ username, full_name }))
await show('Delete somebody', await me.delete('/users/1'))
await show('Without a token', await api.get('/users/me'))

const admin = await logIn('admin@example.com', process.env.USERS_ADMIN_PASSWORD ?? '')
await show('The admin deletes me', await admin.delete(user))
await show('I am gone', await me.get('/users/me'))
