import { setTimeout as wait } from 'node:timers/promises'
import { load } from './load.ts'
import { peakOf, serve } from './processes.ts'
import type { Report } from './report.ts'

const indicators = [
  'nhs-payments-per-weighted-patient',
  'nhs-payments-per-registered-patient',
  'qof-prevalence-hyp',
  'fingertips-91547',
  'ks2-rwm-expected',
]

async function rows(address: string, path: string): Promise<{ code: string }[]> {
  const answer = await fetch(`${address}/api/v1${path}`)
  return ((await answer.json()) as { data: { code: string }[] }).data
}

/** Observations filtered by indicator, place and kind, or by who they are about: 400 questions. */
async function questions(address: string): Promise<string[]> {
  const places = [
    ...(await rows(address, '/places?level=icb&fields=code')),
    ...(await rows(address, '/places?level=district&fields=code&limit=40')),
  ]
  const practices = await rows(address, '/providers?service=general-practice&fields=code&limit=200')
  return Array.from({ length: 400 }, (_, i) => {
    const own = `subject=${practices[(i * 7) % practices.length]?.code}`
    const place = places[(i * 11) % places.length]?.code
    const many = `indicator=${indicators[i % indicators.length]}&within=${place}&kind=provider&group=`
    return `/api/v1/observations?limit=100&${i % 3 === 0 ? own : many}`
  })
}

/** Follows a list to its end, and times its parts one by one; waits where the limit of reads asks for it. */
async function firstAndLast(address: string, path: string): Promise<[number, number]> {
  const took: number[] = []
  for (let next: string | null = path; next !== null; ) {
    const started = performance.now()
    const answer = await fetch(address + next)
    if (answer.status === 429) {
      await wait(Number(answer.headers.get('retry-after')) * 1000)
      continue
    }
    const { links } = (await answer.json()) as { links: { next: string | null } }
    took.push(performance.now() - started)
    next = links.next
  }
  return [took[0] as number, took.at(-1) as number]
}

const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[all.length >> 1] as number

/** The API, over a folder in which everything is published. */
export async function measureApi(folder: string, report: Report): Promise<void> {
  const server = await serve(folder)
  try {
    const { address } = server
    const paths = await questions(address)
    for (const path of paths.slice(0, 60)) await (await fetch(address + path)).arrayBuffer()
    const { p50, p99, failed } = await load(address, paths)
    report.add('filtered observations at 100 a second, p50', p50, 'ms')
    report.add('filtered observations at 100 a second, p99', p99, 'ms', { most: 60 })
    if (failed > 0) report.add('answers that failed', failed, '', { most: 1 })
    const whole = `/api/v1/observations?indicator=${indicators[0]}&group=&limit=100`
    await firstAndLast(address, whole)
    const runs: [number, number][] = []
    for (let i = 0; i < 7; i++) runs.push(await firstAndLast(address, whole))
    const ratio = median(runs.map(([, last]) => last)) / median(runs.map(([first]) => first))
    report.add('the last part of a list to its first, time', ratio, '', { most: 1.2 })
    report.add('memory of the server', peakOf(server.child), 'MB')
  } finally {
    await server.stop()
  }
}
