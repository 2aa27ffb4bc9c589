import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Kinds of test files, those first of which one takes longest. One file that fills what others copy begins
 * alone, and those others come later: beside it they would only wait.
 */
const kinds = [
  /journeys\.browser/,
  /real-pack/,
  /\.process\./,
  /web\/.*\.browser\./,
  /real-/,
  /\.browser\./,
  /examples\//,
]

const rank = ({ moduleId }: TestSpecification): number => {
  const found = kinds.findIndex((kind) => kind.test(moduleId))
  return found < 0 ? kinds.length : found
}

/** Starts with the files that take long, so that none of them runs alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files)
    return bySize.toSorted((a, b) => rank(a) - rank(b))
  }
}
