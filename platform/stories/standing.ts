import type { ModerationRule, Theme } from './story.ts'

/** What may be done with a story. */
export const storyActs = [
  'told',
  'returned',
  'reworded',
  'published',
  'hidden',
  'appealed',
  'withdrawn',
  'replied',
  'claim-read',
  'change-made',
  'change-dropped',
  'helped',
  'due-moved',
  'reply-set-aside',
  'reply-restored',
] as const
export type StoryActKind = (typeof storyActs)[number]

export const helpAnswers = ['yes', 'partly', 'no'] as const
export type HelpAnswer = (typeof helpAnswers)[number]

/** One act on a story, as it is stored. */
export interface StoryAct {
  /** Of the record. */
  readonly entry: number
  readonly act: StoryActKind
  readonly role: string
  /** ISO day. */
  readonly on: string
  /** The moment at which it was recorded. */
  readonly at: string
  /** Which of its words were told, reworded or published. */
  readonly version: number | null
  readonly rule: ModerationRule | null
  readonly themes: readonly Theme[]
  readonly due: string | null
  readonly changeBy: string | null
  readonly accepted: boolean | null
  readonly answer: HelpAnswer | null
  /** What was said with it, or why it was done; null where nothing was, or it has been erased. */
  readonly text: string | null
  readonly change: string | null
  /** The entry of the reply that it is about, where a moderator says whether one counts. */
  readonly about: number | null
}

export type Stage = 'waiting' | 'returned' | 'published' | 'hidden' | 'withdrawn'

/** A change that a reply says will be made. */
export interface Change {
  /** The entry of the reply that says so. */
  readonly entry: number
  /** Null where its words have been erased. */
  readonly what: string | null
  readonly by: string | null
  /** A moderator has not read it yet, lets it stand or not; then it is made, or dropped with a reason. */
  readonly state: 'unread' | 'planned' | 'refused' | 'made' | 'dropped'
  /** A moderator has read it, and lets it stand: until then its words are nobody else's to read. */
  readonly isAccepted: boolean
  /** The act that ended it. */
  readonly ended: StoryAct | null
}

/** A reply, and whether it counts as one. */
export interface Reply {
  readonly act: StoryAct
  /** The act by which a moderator says that it does not answer the story; null where it counts. */
  readonly aside: StoryAct | null
}

/** Where a story stands, after all of its acts. */
export interface Standing {
  readonly stage: Stage
  readonly toldOn: string
  /** The version of its words that was told last. */
  readonly version: number
  /** The act by which it was published, if it is; with the version that is shown. */
  readonly published: StoryAct | null
  /** By when a reply is due; null while it is not in public. */
  readonly due: string | null
  /** Why that day was moved last; null where it was not. */
  readonly moved: StoryAct | null
  /** The last act by which a moderator said no, where that stands. */
  readonly refusal: StoryAct | null
  /** An appeal that waits for its answer. */
  readonly appeal: StoryAct | null
  /** An appeal was made against the refusal that stands, and answered. */
  readonly wasAppealed: boolean
  /** All replies, the first one first. */
  readonly replies: readonly Reply[]
  /** The last reply: it is the one that is shown, whether or not it counts. */
  readonly reply: StoryAct | null
  /** The first reply that counts: by it the time to reply is counted. */
  readonly firstReply: StoryAct | null
  readonly change: Change | null
  /** Whether it helped, by its teller. */
  readonly helped: StoryAct | null
}

const empty: Standing = {
  ...{
    stage: 'waiting',
    toldOn: '',
    version: 0,
    published: null,
    due: null,
    moved: null,
    refusal: null,
  },
  ...{ appeal: null, wasAppealed: false, replies: [], reply: null, firstReply: null, change: null },
  helped: null,
}

/** Where a story stands after its acts, which come in the order of their entries. */
export const standingOf = (acts: readonly StoryAct[]): Standing => acts.reduce(after, empty)

function after(s: Standing, a: StoryAct): Standing {
  switch (a.act) {
    case 'told':
      return { ...s, toldOn: a.on, version: a.version ?? 1 }
    case 'returned':
      return { ...s, stage: 'returned', refusal: a, appeal: null, wasAppealed: false }
    case 'reworded':
      return { ...s, stage: 'waiting', version: a.version ?? s.version, appeal: null }
    case 'published':
      return {
        ...{ ...s, stage: 'published', published: a, due: s.firstReply ? s.due : a.due },
        ...{ refusal: null, appeal: null, wasAppealed: false },
      }
    case 'hidden':
      return {
        ...{ ...s, stage: 'hidden', published: null, refusal: a },
        ...{ wasAppealed: s.appeal !== null, appeal: null },
      }
    case 'appealed':
      return { ...s, appeal: a }
    case 'withdrawn':
      return { ...s, stage: 'withdrawn', published: null, appeal: null, refusal: null }
    case 'replied':
      return {
        ...withReplies(s, [...s.replies, { act: a, aside: null }]),
        change: a.changeBy === null ? s.change : claimOf(a),
      }
    case 'reply-set-aside':
    case 'reply-restored': {
      const aside = a.act === 'reply-set-aside' ? a : null
      return withReplies(
        s,
        s.replies.map((r) => (r.act.entry === a.about ? { ...r, aside } : r)),
      )
    }
    case 'claim-read':
      return s.change
        ? claim(
            s,
            { ...s.change, isAccepted: a.accepted === true },
            a.accepted ? 'planned' : 'refused',
            a,
          )
        : s
    case 'change-made':
      return s.change ? claim(s, s.change, 'made', a) : s
    case 'change-dropped':
      return s.change ? claim(s, s.change, 'dropped', a) : s
    case 'helped':
      return { ...s, helped: a }
    case 'due-moved':
      return { ...s, due: a.due, moved: a }
  }
}

const withReplies = (s: Standing, replies: readonly Reply[]): Standing => ({
  ...{ ...s, replies, reply: replies.at(-1)?.act ?? null },
  firstReply: replies.find((r) => r.aside === null)?.act ?? null,
})

const claimOf = ({ entry, change, changeBy }: StoryAct): Change => ({
  ...{ entry, what: change, by: changeBy, state: 'unread', isAccepted: false, ended: null },
})

const claim = (s: Standing, of: Change, state: Change['state'], by: StoryAct): Standing => ({
  ...s,
  change: { ...of, state, ended: state === 'planned' ? null : by },
})

const stands: Readonly<Record<Stage, string>> = {
  waiting: 'It waits for a moderator.',
  returned: 'It waits for its teller, who was asked to change it.',
  published: 'It is published.',
  hidden: 'A moderator has decided not to show it.',
  withdrawn: 'Its teller has taken it back.',
}

/** Whether a change is open: claimed, and neither made nor dropped. */
export const isOpen = ({ change }: Standing): boolean =>
  change?.state === 'unread' || change?.state === 'planned'

/** Why an act does not fit where the story stands, as a sentence; null where it does. */
export function whyNot(s: Standing, act: StoryActKind, claims = false): string | null {
  const stage = (...some: readonly Stage[]): string | null =>
    some.includes(s.stage) ? null : stands[s.stage]
  switch (act) {
    case 'told':
      return s.version === 0 ? null : 'It has been told already.'
    case 'returned':
      return stage('waiting')
    case 'published':
      return stage('waiting', 'returned', 'hidden')
    case 'hidden':
      // Said no to again: the answer to an appeal.
      return s.appeal && s.stage === 'hidden' ? null : stage('waiting', 'returned', 'published')
    case 'reworded':
      return stage('returned', 'hidden')
    case 'appealed':
      if (s.stage !== 'hidden') return stage('hidden')
      if (s.appeal) return 'You have appealed already. Somebody else reads it.'
      return s.wasAppealed ? 'An appeal has been answered. Change your story instead.' : null
    case 'withdrawn':
      return stage('waiting', 'returned', 'published', 'hidden')
    case 'replied':
      if (claims && isOpen(s))
        return 'An earlier change is still open: say that it is made, or drop it, first.'
      return stage('published')
    case 'claim-read':
      return s.change?.state === 'unread' ? stage('published') : 'No change waits to be read.'
    case 'change-made':
      if (s.change?.state === 'unread')
        return 'A moderator has not read yet what you say will change.'
      return s.change?.state === 'planned' ? stage('published') : 'No change is open.'
    case 'change-dropped':
      return isOpen(s) ? stage('published') : 'No change is open.'
    case 'helped':
      return s.reply ? stage('published') : 'Nobody has replied yet.'
    case 'due-moved':
      return s.firstReply ? 'It has been replied to.' : stage('published')
    case 'reply-set-aside':
      return s.replies.some((r) => !r.aside) ? stage('published') : 'No reply counts there.'
    case 'reply-restored':
      return s.replies.some((r) => r.aside) ? stage('published') : 'Every reply counts there.'
  }
}
