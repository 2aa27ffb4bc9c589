/** A table that holds something personal: why it is there, and how long. */
export interface PersonalTable {
  readonly table: string
  /** What it holds, as its person would say it: "your email address". */
  readonly what: string
  /** What it is for, as a sentence. */
  readonly why: string
  /** How long it is kept, as a sentence. */
  readonly kept: string
  /** Where it rests on a yes of its person: how they take that back, as a sentence. */
  readonly takeBack?: string
  /** Who can see it, in a few words. */
  readonly seen: string
  /** Deletes what is no longer needed; null where only its person's wish or the table beside it ends it. */
  readonly forget: string | null
  /** Reads a person's rows by their number `$1` and address `$2`; null where no row can be told to be theirs. */
  readonly own: string | null
}

/** How long, and by whom, what most tables hold is seen. */
export const untilDeleted = 'Until you delete your account.'
export const none = 'nobody'
