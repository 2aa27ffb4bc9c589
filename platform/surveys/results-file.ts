import type { Queries } from '../database/database.ts'
import { countAnswers } from './count-answers.ts'
import { descriptorId } from './results-descriptor.ts'
import { type Result, resultsCsv, resultsOf } from './results-of.ts'
import { monthOf, type Survey } from './survey.ts'
import { toldBefore } from './told-shares.ts'
import { framesOf } from './weighted.ts'

/** The file that a survey's results become. */
export interface ResultsFile {
  /** By its name and columns the ordinary import knows it. */
  readonly name: string
  readonly text: string
  readonly results: readonly Result[]
  /** Figures that cannot be given, in a sentence each. */
  readonly refused: readonly string[]
}

export async function resultsFile(
  db: Pick<Queries, 'query'>,
  survey: Survey,
): Promise<ResultsFile> {
  const counted = await countAnswers(db, survey)
  const before = await toldBefore(db, survey.id)
  const { results, refused } = await resultsOf(counted, await framesOf(db, survey.id), before)
  const id = descriptorId(survey.service, survey.invented)
  const name = `${id}-${monthOf(survey)}-s${survey.id}.csv`
  return { name, text: resultsCsv(results), results, refused }
}
