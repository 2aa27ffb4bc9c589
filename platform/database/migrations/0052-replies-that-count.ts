/** A moderator may say of a reply that it does not answer its story, and take that back. */
export const statements = [
  'alter table story_act add about integer references story_act',
  'create index story_act_by_about on story_act (about) where about is not null',
  'alter table story_act drop constraint story_act_act_check',
  `alter table story_act add constraint story_act_act_check check (act in ('told', 'returned', 'reworded',
    'published', 'hidden', 'appealed', 'withdrawn', 'replied', 'claim-read', 'change-made', 'change-dropped',
    'helped', 'due-moved', 'reply-set-aside', 'reply-restored'))`,
  `alter table story_act add constraint story_act_about_reply
    check ((act in ('reply-set-aside', 'reply-restored')) = (about is not null))`,
]
