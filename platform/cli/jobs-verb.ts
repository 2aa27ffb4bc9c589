import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import { JobStore } from '../jobs/store.ts'
import { failureText, jobsLead, kindText } from '../web/pages/jobs/job-words.ts'

/** `plumbline jobs`: what a server has to do, what it has done, and what failed. */
export const jobsVerb: Verb = async (_, { db }, emit: (event: ProgressEvent) => void) => {
  const say = (text: string): void => emit({ kind: 'line', stream: 'stdout', text })
  const jobs = new JobStore(db)
  const counts = await jobs.counts()
  say(jobsLead(counts))
  for (const c of counts) {
    const again = c.retrying > 0 ? `, ${c.retrying} to be tried again` : ''
    const numbers = `${c.waiting} waiting${again}, ${c.active} under way`
    say(`  ${kindText(c.kind)}: ${numbers}, ${c.done} done and ${c.failed} given up this week`)
  }
  for (const f of await jobs.failures()) say(`  ${failureText(f)}`)
  return exitCodes.done
}
