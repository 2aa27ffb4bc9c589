import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Names the space in which a process number means one process: this boot of the machine and this
 * process's namespace of numbers, of which each container has its own, whatever its host name. Null
 * where Linux does not tell; elsewhere the host's name, since there are no such namespaces.
 */
export function processPlace(): string | null {
  if (process.platform !== 'linux') return hostname()
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return null
  }
}
