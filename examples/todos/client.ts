// Calls the todos: node examples/todos/client.ts [address], http://localhost:17010 if none is given.
import { client, type Reply } from 'trestle/client'

const [address = 'http://localhost:17010'] = process.argv.slice(2)
const api = client(address)

async function show(what: string, reply: Reply): Promise<void> {
  console.log(`--- ${what}`)
  console.log(reply.status, JSON.stringify(await reply.json()))
}

const first = await api.get('/todos/1')
await show('Read one', first)
console.log(first.headers.get('Content-Type'))

const milk = { userId: 1, title: 'Buy milk', completed: false }
await show('Add one', await api.post('/todos', { json: milk }))

const headers = { 'Content-Type': 'application/json' }
await show('Add one by hand', await api.post('/todos', { body: JSON.stringify(milk), headers }))

await show('Read the tenth', await api.get('/todos/10'))
await show('Replace it', await api.put('/todos/10', { json: { userId: 1, title: 'Wash car', completed: true } }))
await show('Change it', await api.patch('/todos/10', { json: { title: 'Mow lawn' } }))
await show('Remove it', await api.delete('/todos/10'))
await show('Read what was added', await api.get('/todos/201'))

const all = await api.get<unknown[]>('/todos').json()
console.log(all.length, 'todos')
