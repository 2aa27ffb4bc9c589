import { isRefused, type Refusal } from '../src/refusal.ts'

/** The answer, where there is one; a test that gets a refusal fails with its sentence. */
export function answered<T>(answer: T | Refusal): T {
  if (isRefused(answer)) throw new Error(answer.sentence)
  return answer
}

/** The refusal, where there is one. */
export function refused(answer: unknown): Refusal {
  if (isRefused(answer)) return answer
  throw new Error('there is an answer where a refusal was expected')
}
