import { AsyncLocalStorage } from 'node:async_hooks'

/** What the logger adds to each line of a request, and how many queries that request has made. */
export interface Rastro {
  readonly solicitudId: string
  consultas: number
}

/** Read by the logger and by the query counter, and by nobody else: who acts travels in the context. */
export const rastro = new AsyncLocalStorage<Rastro>()
