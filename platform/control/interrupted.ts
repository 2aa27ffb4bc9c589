import { exitCodes } from './verb.ts'

/**
 * A signal that is aborted by Ctrl-C or SIGTERM, so that the work can stop cleanly; a second Ctrl-C
 * ends the process at once.
 */
export function interrupted(): AbortSignal {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled)
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}
