export type { Layer, OutgoingBody, OutgoingRequest, Send } from './client/layer.ts'
export type { ClientTime } from './client/time.ts'
