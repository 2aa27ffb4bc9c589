import { oneLine, subjectLine } from '../mail/one-line.ts'
import type { Letter } from '../mail/post.ts'

/** Seconds for which the link is of use by which a teller says yes: as long as a draft is kept. */
export const confirmSeconds = 7 * 86_400

type Unsent = Omit<Letter, 'to'>

/** Asks whoever reads an address whether they told a story. */
export const confirmLetter = (name: string, link: string): Unsent => ({
  subject: subjectLine(`Did you tell this story about ${name}?`),
  useful: confirmSeconds,
  body: `Somebody gave this address with a story about ${oneLine(name)}.

If it was you, open this page and press its button. It works for 7 days:

${link}

Then somebody reads your story before it is published. Nobody is told who you are:
not the service, and not the readers.

If it was not you, do nothing. The story and this address are forgotten after 7 days.
`,
})

/** What a teller is told of. */
export type TellerNews =
  | 'published'
  | 'returned'
  | 'hidden'
  | 'replied'
  | 'change-promised'
  | 'change-made'
  | 'change-dropped'
  | 'due-moved'

const tellerWords: Readonly<Record<TellerNews, readonly [subject: string, body: string]>> = {
  published: [
    'Your story is published',
    'Everybody can read it now, and its service has been asked to reply.',
  ],
  returned: [
    'Please change your story',
    'It cannot be published as it is. The page says which rule it breaks, and why. Change it there.',
  ],
  hidden: [
    'Your story is not shown',
    'The page says which rule it breaks, and why. There you can change it, or appeal: then somebody else decides.',
  ],
  replied: [
    'Your story has a reply',
    'Read it there, and say whether it helped. What you say stands beside the reply.',
  ],
  'change-promised': [
    'A change is promised because of your story',
    'A moderator has read it, and it stands. Read what will change, and by when.',
  ],
  'change-made': [
    'Something was changed because of your story',
    'The service says so. Read what, and say whether it helped. What you say stands beside it.',
  ],
  'change-dropped': [
    'A promised change is not made',
    'The service had promised a change because of your story, and drops it. The page says why.',
  ],
  'due-moved': [
    'The reply to your story is due later',
    'A holiday has become known since, which is no working day. The page says by when a reply is due now, and why.',
  ],
}

/** Tells a teller what became of their story; the words of it stay out of the mail. */
export const tellerLetter = (news: TellerNews, name: string, link: string): Unsent => {
  const [subject, body] = tellerWords[news]
  return {
    subject,
    useful: 14 * 86_400,
    body: `Your story about ${oneLine(name)}:

${body}

${link}

This link is yours alone. By it you also take the story back, or have your address forgotten.
`,
  }
}

/** Tells those who lead a service that a story about it is published. */
export const leadLetter = (name: string, link: string, due: string): Unsent => ({
  subject: subjectLine(`A story about ${name}`),
  useful: 14 * 86_400,
  body: `A story about ${oneLine(name)} is published. A reply is due by ${due}:

${link}

You get this because you lead ${oneLine(name)} on Plumbline.
`,
})

/** What those who lead a service are told of a reply of theirs that a moderator has read. */
export type ReplyNews = 'set-aside' | 'restored' | 'claim-stands' | 'claim-refused'

const replyWords: Readonly<Record<ReplyNews, readonly [subject: string, body: string]>> = {
  'set-aside': [
    'A reply of yours does not count',
    'A moderator says that your reply does not answer the story, and why. You can reply again.',
  ],
  restored: ['A reply of yours counts again', 'A moderator has taken back that it did not count.'],
  'claim-stands': [
    'The change that you promised is public',
    'A moderator has read it, and it stands. Say there when it is made.',
  ],
  'claim-refused': [
    'The change that you promised does not stand',
    'A moderator has read it. The page says why. Your reply stands without it.',
  ],
}

/** Tells those who lead a service what a moderator says of their reply; the reason stays out of the mail. */
export function replyLetter(news: ReplyNews, name: string, link: string): Unsent {
  const [subject, body] = replyWords[news]
  return {
    ...{ subject, useful: 14 * 86_400 },
    body: `A story about ${oneLine(name)}:

${body}

${link}

You get this because you lead ${oneLine(name)} on Plumbline.
`,
  }
}

/** The same of what somebody wrote in a survey. */
export const surveyCrisisLetter = (link: string): Unsent => ({
  subject: 'An answer to a survey to read now: it may speak of a crisis',
  useful: 2 * 86_400,
  body: `Somebody wrote in a survey what may speak of a person in danger. Please read it now:

${link}

Who wrote it is not known. They have been shown the numbers to call. You get this because you moderate on Plumbline.
`,
})

/** Tells those who moderate that a story may speak of a life in danger; what it says stays out of the mail. */
export const crisisLetter = (link: string): Unsent => ({
  subject: 'A story to read now: it may speak of a crisis',
  useful: 2 * 86_400,
  body: `A story has come that may speak of somebody in danger. Please read it now:

${link}

Whoever told it has been shown the numbers to call. You get this because you moderate stories on Plumbline.
`,
})
