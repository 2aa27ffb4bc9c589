import type { Part } from '../../../surveys/question.ts'

/** What each part is called on the team's page. */
export const partNames: Readonly<Record<Part, string>> = {
  overall: 'Good overall',
  timeliness: 'In good time',
  ease: 'Easy',
  information: 'Told what they needed',
  staff: 'Staff could help',
  fairness: 'Treated fairly',
  outcome: 'Got what they needed',
  dignity: 'Dignity and respect',
}
