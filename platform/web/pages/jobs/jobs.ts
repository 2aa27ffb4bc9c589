import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { momentWords } from '../record/act-words.ts'
import { failureText, jobsLead, kindText } from './job-words.ts'

/** What the server has to do beside answering, as it is now: how much of each kind, and what failed. */
export async function jobsPage({ reader, path }: PageContext): Promise<Page> {
  const [counts, failures] = [await reader.jobs.counts(), await reader.jobs.failures()]
  return {
    view: 'pages/jobs/jobs',
    data: { counts, failures },
    values: {
      title: 'Jobs',
      lead: jobsLead(counts),
      rows: counts.map((c) => [
        { text: kindText(c.kind) },
        ...[c.waiting, c.retrying, c.active, c.done, c.failed].map((n) => ({
          text: words.number(n, 0),
        })),
      ]),
      failures: failures.map((f) => ({ text: failureText(f), when: f.at && momentWords(f.at) })),
      json: `${path}.json`,
    },
  }
}
