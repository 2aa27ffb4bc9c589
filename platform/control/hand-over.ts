import { connect } from 'node:net'
import { type FromServer, receive, send } from './messages.ts'
import { exitCodes, type ProgressEvent } from './verb.ts'

/** Work for the server: a verb, its arguments and the folder that the user stands in. */
export interface Work {
  readonly verb: string
  readonly args: string[]
  readonly cwd: string
}

/**
 * Has the running server do a piece of work and passes on what it says; gives the exit code.
 * Aborting `signal` asks the server to stop, and waits until it has.
 */
export function handOver(
  address: string,
  work: Work,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let exit: number | null = null
    const cancel = (): void => send(socket, { cancel: true })
    socket.on('connect', () => {
      send(socket, { ...work })
      if (signal.aborted) cancel()
      else signal.addEventListener('abort', cancel, { once: true })
    })
    receive<FromServer>(socket, (message) => {
      if ('exit' in message) exit = message.exit
      else emit(message.event)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      signal.removeEventListener('abort', cancel)
      if (exit === null) {
        const text =
          'The running server ended before the work was done. Look at its log, then start it ' +
          'or run the same again.'
        emit({ kind: 'line', stream: 'stderr', text })
      }
      resolve(exit ?? exitCodes.serverGone)
    })
  })
}
