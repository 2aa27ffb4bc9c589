import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { plumbline, serve } from './processes.ts'
import type { Report } from './report.ts'

type Server = Awaited<ReturnType<typeof serve>>

interface Answer {
  readonly data: readonly { readonly code: string }[]
  readonly links: { readonly next: string | null }
}

/** Asks once, waiting where the limit of reads asks for it. */
async function ask(address: string, path: string): Promise<Answer> {
  for (;;) {
    const got = await fetch(address + path)
    if (got.status === 429) {
      await wait(Number(got.headers.get('retry-after')) * 1000)
      continue
    }
    const answer = (await got.json()) as Answer
    if (!got.ok) throw new Error(`${path} was answered with ${got.status}.`)
    return answer
  }
}

/** The address of the last part of a list that is full. */
async function lastOf(address: string, path: string): Promise<string> {
  let [at, size] = [path, Number.POSITIVE_INFINITY]
  for (let next: string | null = path; next !== null; ) {
    const answer = await ask(address, next)
    if (answer.data.length < size && size !== Number.POSITIVE_INFINITY) break
    ;[at, size] = [next, answer.data.length]
    next = answer.links.next
  }
  return at
}

/** Nanoseconds of the processor that the threads of a process have had so far (Linux). */
function workOf(pid: number): number {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).reduce((sum, id) => {
    const [ran] = readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')
    return sum + Number(ran)
  }, 0)
}

const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[all.length >> 1] as number

/** What a server works for the last part of a list, to what it works for the first: many calls of each, in turns. */
async function lastToFirst({ address, child }: Server, first: string): Promise<number> {
  const last = await lastOf(address, first)
  if (last === first) throw new Error(`${first} has one part alone.`)
  const worked: [number[], number[]] = [[], []]
  for (let round = 0; round < 11; round++)
    for (const [at, path] of [first, last].entries()) {
      const before = workOf(child.pid as number)
      for (let i = 0; i < 8; i++) await ask(address, path)
      worked[at]?.push(workOf(child.pid as number) - before)
    }
  return median(worked[1]) / median(worked[0])
}

/** The lists that can be long, and by what each can be sorted. */
async function lists(address: string): Promise<[name: string, path: string, keys: string[]][]> {
  const providers = '/api/v1/providers?service=general-practice'
  const answer = await ask(address, `${providers}&limit=30`)
  const subjects = answer.data.map((p) => p.code).join(',')
  const series = 'indicator=nhs-payments-per-registered-patient&period=2022-23&group='
  const document = (await (await fetch(`${address}/api/v1/openapi.json`)).json()) as {
    paths: Record<
      string,
      { get?: { parameters?: { name: string; schema: { enum?: string[] } }[] } }
    >
  }
  const keysOf = (path: string): string[] =>
    document.paths[path]?.get?.parameters?.find((p) => p.name === 'sort')?.schema.enum ?? []
  return [
    ['observations', `/api/v1/observations?${series}`, keysOf('/observations')],
    ['comparisons', `/api/v1/comparisons?subject=${subjects}`, keysOf('/comparisons')],
    ['providers', providers, keysOf('/providers')],
  ]
}

/**
 * What the last part of a list costs beside the first, in whatever order it is asked for: what the server works, and
 * not how long it takes, since other work on the machine would say which is dearer. On three years of payments to 6,500 general practices.
 */
export async function measureSorts(data: string, temp: string, report: Report): Promise<void> {
  const folder = join(temp, 'sorts')
  const years = ['2020-21', '2021-22', '2022-23']
  const files = years.map((y) => join(data, `general-practice/nhs-payments-${y}.csv.gz`))
  await plumbline(folder, 'import', join(data, 'places'), ...files)
  const server = await serve(folder)
  try {
    for (const [name, path, keys] of await lists(server.address)) {
      if (keys.length === 0) throw new Error(`Nothing is known by which ${name} are sorted.`)
      const ratios: [key: string, ratio: number][] = []
      for (const key of ['', ...keys]) {
        const order = key === '' ? '' : `&sort=${key}`
        ratios.push([key, await lastToFirst(server, `${path}&limit=100${order}`)])
      }
      const [worst, ratio] = ratios.reduce((a, b) => (b[1] > a[1] ? b : a))
      const what = `${name}: last to first, worst of ${ratios.length} orders (${worst || 'its own'})`
      report.add(what, ratio, '', { most: 1.2 })
    }
  } finally {
    await server.stop()
  }
}
