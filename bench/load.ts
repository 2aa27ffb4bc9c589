import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { percentile, randomSource } from '@plumbline/statistics'
import autocannon from 'autocannon'

export interface Load {
  readonly p50: number
  readonly p99: number
  readonly failed: number
  /** Milliseconds of each answer, ascending. */
  readonly all: Float64Array
}

const headers = { 'accept-encoding': 'gzip' }

/** How long an answer took to arrive whole, counted from when it was due to be asked for. */
function ask(agent: Agent, url: string, due: number): Promise<{ ms: number; ok: boolean }> {
  return new Promise((resolve) => {
    const end = (ok: boolean): void => resolve({ ms: performance.now() - due, ok })
    get(url, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => end(answer.statusCode === 200))
      answer.on('error', () => end(false))
    }).on('error', () => end(false))
  })
}

/**
 * Asks for the paths in turn, a hundred times a second on average, as independent visitors would:
 * each at a moment of their own (a Poisson process with a fixed seed), whether or not earlier ones
 * have their answer. An answer's time is counted from that moment, so that a server that falls behind
 * cannot hide it ("coordinated omission").
 */
export async function load(
  address: string,
  paths: readonly string[],
  seconds = 15,
  rate = 100,
): Promise<Load> {
  const random = randomSource(2008)
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  const answers: Promise<{ ms: number; ok: boolean }>[] = []
  const start = performance.now()
  let due = start
  while (due < start + seconds * 1000) {
    const early = due - performance.now()
    if (early > 0) await wait(early)
    answers.push(ask(agent, address + paths[answers.length % paths.length], due))
    due += (-Math.log(1 - random.uniform()) * 1000) / rate
  }
  const all = await Promise.all(answers)
  agent.destroy()
  const times = Float64Array.from(all, (a) => a.ms)
  return loadOf(times, all.filter((a) => !a.ok).length)
}

/** What some answers took, in milliseconds, taken together. */
export function loadOf(times: Float64Array, failed: number): Load {
  const all = times.toSorted()
  return { p50: percentile(all, 0.5), p99: percentile(all, 0.99), failed, all }
}

/** A hundred requests at once at the beginning of each second, over ten connections. */
export async function bursts(
  address: string,
  paths: readonly string[],
): Promise<Omit<Load, 'all'>> {
  const requests = paths.map((path) => ({ path, headers }))
  const settings = { url: address, connections: 10, duration: 15, overallRate: 100, requests }
  const { latency, non2xx, errors } = await autocannon(settings)
  return { p50: latency.p50, p99: latency.p99, failed: non2xx + errors }
}

/** Requests a second, when each of ten connections asks anew as soon as it is answered. */
export async function throughput(address: string, paths: readonly string[]): Promise<number> {
  const requests = paths.map((path) => ({ path, headers }))
  const result = await autocannon({ url: address, connections: 10, duration: 8, requests })
  return result.requests.average
}
