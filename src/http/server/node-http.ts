/**
 * Node's HTTP module. An import of its values would touch every one of its exports, and with WebSocket load a client of
 * its own: 80 milliseconds of each start.
 */
export const http: typeof import('node:http') = process.getBuiltinModule('node:http')
