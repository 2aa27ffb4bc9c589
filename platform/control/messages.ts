import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { ProgressEvent } from './verb.ts'

/** What the command line sends to the server: its work, or that it is to stop. */
export type FromClient =
  | { readonly verb: string; readonly args: string[]; readonly cwd: string }
  | { readonly cancel: true }

/** What the server answers: events, and at last the exit code. */
export type FromServer = { readonly event: ProgressEvent } | { readonly exit: number }

/** Sends one message, as one line of JSON. */
export function send(socket: Socket, message: FromClient | FromServer): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/** Calls back with each message that arrives. */
export function receive<Message>(socket: Socket, each: (message: Message) => void): void {
  createInterface({ input: socket }).on('line', (line) => {
    let message: Message
    try {
      message = JSON.parse(line) as Message
    } catch {
      socket.destroy()
      return
    }
    each(message)
  })
}
