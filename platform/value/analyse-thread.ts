import { parentPort, workerData } from 'node:worker_threads'
import { analyseYears } from './analyse-years.ts'
import type { Taken } from './columns.ts'
import type { Study } from './study.ts'

const { study, years } = workerData as { study: Study; years: readonly Taken[] }
parentPort?.postMessage(analyseYears(study, years))
