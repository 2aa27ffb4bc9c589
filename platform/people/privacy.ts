import { utcDay } from '../database/utc-day.ts'
import { none, type PersonalTable, untilDeleted } from './personal-table.ts'
import { signInTables } from './sign-in-tables.ts'

/**
 * Every table that holds something personal. The page `/privacy`, what a person may take away, and what is
 * forgotten by itself all come from here; a test finds tables that are missing.
 */
export const personalTables: readonly PersonalTable[] = [
  ...signInTables,
  {
    table: 'role_grant',
    what: 'the roles that you were given, by whom and why',
    why: 'To let you do what your role is for.',
    kept: untilDeleted,
    seen: 'you, stewards and auditors',
    forget: null,
    own: `select role, scope, code, from_day as "from", until_day as until, granted_by as "grantedBy",
      granted_at as "grantedAt", revoked_at as "revokedAt", why from role_grant where person_id = $1::uuid`,
  },
  {
    table: 'letter',
    what: 'letters to you',
    why: 'To send each of them once.',
    kept: 'The words until it is sent, or is of no use any more (a code: 15 minutes), and an hour more at most. That it was sent: 30 days.',
    seen: none,
    forget: `with useless as (update letter set body = null, given_up_at = coalesce(given_up_at, now())
        where body is not null and useful_until <= now() and posted_at >= now() - interval '30 days')
      delete from letter where posted_at < now() - interval '30 days'`,
    own: `select subject, posted_at as posted, sent_at as sent from letter where address = $2`,
  },
  {
    table: 'subscriber',
    what: 'your email address, where you get emails about pages',
    why: 'To send them to you.',
    kept: 'Until you stop the last of them, or delete your account. If you never said yes to any: 7 days.',
    takeBack: 'Stop these emails by the link in each of them, or on your account.',
    seen: none,
    forget: `with old as (delete from subscription where confirmed_at is null
        and asked_at < now() - interval '7 days')
      delete from subscriber r where made_at < now() - interval '7 days' and not exists
        (select 1 from subscription s where s.subscriber_id = r.id
          and (s.confirmed_at is not null or s.asked_at >= now() - interval '7 days'))`,
    own: 'select email, made_at as since from subscriber where email = $2',
  },
  {
    table: 'subscription',
    what: 'the pages that you get emails about, and how often',
    why: 'To tell you what is new of them, once.',
    kept: 'Until you stop it, or delete your account. If you never said yes to it: 7 days.',
    takeBack: 'Stop it by the link in each of these emails, or on your account.',
    seen: none,
    // It goes with its address, above.
    forget: null,
    own: `select kind, code, pace, asked_at as asked, confirmed_at as confirmed from subscription
      where subscriber_id = (select id from subscriber where email = $2)`,
  },
  {
    table: 'upload',
    what: 'that it was you who handed in a file',
    why: 'So that you find it again, and others know whom to ask.',
    kept: 'Until the file is published or dropped, and 30 days more.',
    seen: 'analysts and stewards',
    forget: `update upload set person_id = null where person_id is not null
      and state in ('published', 'dropped', 'unreadable') and changed_at < now() - interval '30 days'`,
    own: `select file_name as file, made_at as "handedIn", state from upload where person_id = $1::uuid`,
  },
  {
    table: 'upload_part',
    what: 'which files you have begun to hand in',
    why: 'So that you, and nobody else, can go on where one broke off.',
    kept: '2 days after its last part came.',
    seen: 'you',
    forget: `delete from upload_part where changed_at < now() - interval '2 days'`,
    own: `select file_name as file, bytes, received, made_at as began
      from upload_part where person_id = $1::uuid`,
  },
  {
    table: 'record_personal',
    what: 'your name here, beside the roles that you were given, and what you said in public, on the public record',
    why: 'So that anyone can check who may do what, and who said what.',
    kept: 'Names until you delete your account. That somebody was given the role, and what was said, stays.',
    seen: 'everybody',
    forget: null,
    own: `select p.number as entry, p.name as part, p.value from record_personal p
      join record_entry e using (number)
      where e.subject in (select 'grant:' || id from role_grant where person_id = $1::uuid)
      or p.number in (select entry from act_person where person_id = $1::uuid)`,
  },
  {
    table: 'form_use',
    what: 'which forms you sent in the last two days, by numbers that say nothing else, and a code by which we know the same words again, from which nobody can read them',
    why: 'So that a form that is sent twice does what it asks once.',
    kept: '2 days.',
    seen: none,
    forget: `delete from form_use where used_at < now() - interval '2 days'`,
    own: 'select form, used_at as sent from form_use where person_id = $1::uuid',
  },
  {
    table: 'story_draft',
    what: 'a story that you have begun to tell, and the address that you gave with it',
    why: 'So that a lost connection costs you nothing, and to ask you by email whether it was you.',
    kept: 'Until you say by the link in that email that it was you; 7 days at most.',
    takeBack: 'Leave the link in that email unpressed: it goes by itself.',
    seen: 'you',
    forget: `delete from story_draft where changed_at < now() - interval '7 days'`,
    own: `select provider, happened, good, better, feelings, teller, month, email, sent_at as sent
      from story_draft where email = $2`,
  },
  {
    table: 'story_teller',
    what: 'your email address, beside a story that you told',
    why: 'To tell you what becomes of it, and to let you change it or take it back.',
    kept: 'Until you ask us to forget it, take the story back or delete your account; a year after the last thing happened with it.',
    takeBack:
      'By the link in each email about your story: have your address forgotten, or take the story back.',
    seen: none,
    forget: `delete from story_teller t where since < now() - interval '1 year' and not exists
      (select 1 from story_act a where a.story = t.story and a.acted_on > ${utcDay} - 365)`,
    own: 'select story, email, since from story_teller where email = $2',
  },
  {
    table: 'story_words',
    what: 'a story that you told, in your words',
    why: 'So that others can read it, and its service can answer.',
    kept: 'Until you take it back. Without your address nobody can tell that it is yours.',
    takeBack: 'By the link in each email about your story.',
    seen: 'everybody, once a moderator has published it; moderators before that',
    forget: null,
    own: `select story, version, happened, good, better from story_words
      where story in (select story from story_teller where email = $2)`,
  },
  {
    table: 'story_said',
    what: 'what was said of a story: replies, reasons, and appeals against a decision',
    why: 'To answer whoever told it, in public; appeals are for those who decide alone.',
    kept: 'Until the story is taken back.',
    seen: 'everybody; of appeals and of decisions on what was not published, moderators and you',
    forget: null,
    own: null,
  },
  {
    table: 'survey_response',
    what: 'your answers to a survey, without your name or address',
    why: 'To count them with those of others.',
    kept: 'Until you send them: 30 days after you last went on. What you sent is kept to be counted again; the code to come back by goes after 30 days.',
    seen: none,
    forget: `with unsent as (delete from survey_response where submitted_at is null
        and saved_at < now() - interval '30 days')
      update survey_response set return_hash = null
      where return_hash is not null and submitted_at < now() - interval '30 days'`,
    own: null,
  },
  {
    table: 'survey_peace',
    what: 'that you were asked by a survey and when, or asked not to be, under your address scrambled',
    why: 'To leave you in peace.',
    kept: 'Two years after you were asked. A wish not to be asked is kept until you take it back.',
    takeBack:
      'Say by the link in an invitation that you do not want to be asked, or take that wish back there.',
    seen: none,
    forget: `delete from survey_peace where not never and asked_on < ${utcDay} - 731`,
    own: null,
  },
  {
    table: 'survey_seen',
    what: 'that a service reported you as seen, and whether it was told that you were asked, under your address scrambled',
    why: 'So that the same appointment, reported twice, asks you once.',
    kept: '31 days.',
    seen: none,
    forget: `delete from survey_seen where reported_on < ${utcDay} - 31`,
    own: null,
  },
  {
    table: 'survey_text',
    what: 'what you wrote in a survey in your own words',
    why: 'To find out what many people say.',
    kept: '1 year after it was read, and 2 years at most.',
    seen: 'moderators and stewards',
    forget: `delete from survey_text where read_at < now() - interval '1 year'
      or sent_at < now() - interval '2 years'`,
    own: null,
  },
  {
    table: 'act_person',
    what: 'which acts on the public record are yours: replies, requests, answers, what you did about stories, signals that you took',
    why: 'So that you find them again, and your name goes from them with your account.',
    kept: untilDeleted,
    seen: 'you; and stewards, under your name here, which signals you took',
    forget: null,
    own: `select p.entry, e.act, e.recorded_at as done from act_person p
      join record_entry e on e.number = p.entry where p.person_id = $1::uuid`,
  },
  {
    table: 'survey_theme',
    what: 'what you wrote of in a survey, as a moderator read it: a theme, without your words',
    why: 'To say how many people wrote of it.',
    kept: 'As long as your answers are.',
    seen: none,
    forget: null,
    own: null,
  },
  {
    table: 'reply_text',
    what: 'your replies, and the name that you chose to give with each',
    why: 'To show who answers for a service.',
    kept: 'The name until you delete your account, both until anyone who leads the provider withdraws the reply.',
    takeBack: 'Give the reply again without a name, or withdraw it, on the page where you gave it.',
    seen: 'everybody',
    forget: null,
    own: `select a.provider, a.kind, a.about, a.acted_on as given, t.text, t.name
      from reply_text t join reply_act a using (entry) join act_person p using (entry)
      where p.person_id = $1::uuid`,
  },
  {
    table: 'correction_text',
    what: 'your requests for a correction, and what you told of a person in them',
    why: 'To find out whether the figure is wrong.',
    kept: 'As long as the request is kept; what you marked as not public until you delete your account.',
    seen: 'everybody; analysts and stewards alone, where it was marked as not public',
    forget: null,
    own: `select t.correction, t.wrong, t.right_is as "rightIs", t.evidence
      from correction_text t join correction_act a using (correction) join act_person p using (entry)
      where a.act = 'asked' and p.person_id = $1::uuid`,
  },
  {
    table: 'signal_answer',
    what: 'your answers on the desk, and the name that you gave with each',
    why: 'To show who answers for a service.',
    kept: 'The name until you delete your account, the answer as long as it is shown.',
    seen: 'everybody',
    forget: null,
    own: `select s.signal, s.given_on as given, s.kind, s.text, s.role, s.name
      from signal_answer s join record_entry e on e.subject = 'signal:' || s.signal
        and e.act = 'signal-answered' and (e.entry::jsonb #>> '{details,answer}')::integer = s.id
      join act_person p on p.entry = e.number where p.person_id = $1::uuid`,
  },
]
