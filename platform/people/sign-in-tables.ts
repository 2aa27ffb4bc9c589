import { none, type PersonalTable, untilDeleted } from './personal-table.ts'

/** Who somebody is, and how they sign in. */
export const signInTables: readonly PersonalTable[] = [
  {
    table: 'person',
    what: 'your name here and the day you came',
    why: 'So that others can tell who wrote what, and not who you are.',
    kept: untilDeleted,
    seen: 'everybody',
    // Whose first sign-in came to nothing: nobody can sign in as them.
    forget: `delete from person p where created_at < now() - interval '1 day'
      and not exists (select 1 from person_address a where a.id = p.id)`,
    own: 'select pseudonym, created_at as since from person where id = $1::uuid',
  },
  {
    table: 'person_address',
    what: 'your email address',
    why: 'To send you codes, letters that you ask for, and word of your roles, your requests and what you look after.',
    kept: untilDeleted,
    seen: 'you, and stewards where you hold a role',
    forget: null,
    own: 'select email, email_verified as proved from person_address where id = $1::uuid',
  },
  {
    table: 'person_session',
    what: 'when you signed in, and when you last came',
    why: 'To know you again from page to page.',
    kept: 'Until it ends: 12 hours after you last came, 7 days at most, or when you sign out.',
    seen: 'you',
    forget: 'delete from person_session where expires_at < now()',
    own: `select created_at as began, updated_at as "lastUsed", expires_at as ends
      from person_session where person_id = $1::uuid`,
  },
  {
    table: 'person_account',
    what: 'your number with another service that you sign in by',
    why: 'To know you again when you come from there.',
    kept: untilDeleted,
    takeBack: 'Remove the service on your account.',
    seen: none,
    forget: null,
    own: 'select provider_id as provider, account_id as number from person_account where person_id = $1::uuid',
  },
  {
    table: 'account_act',
    what: 'that your account was shut, or opened again',
    why: 'So that an account that is misused stays shut.',
    kept: untilDeleted,
    seen: 'you',
    forget: null,
    own: `select p.entry, p.act, e.recorded_at as done from account_act p
      join record_entry e on e.number = p.entry where p.person_id = $1::uuid`,
  },
  {
    table: 'person_passkey',
    what: 'your passkeys: the name that you gave each, and the half of its key that checks it',
    why: 'To let you sign in with your phone, computer or key.',
    kept: 'Until you remove it, or delete your account.',
    takeBack: 'Remove it on your account.',
    seen: 'you',
    forget: null,
    own: `select name, created_at as added, last_used_at as "lastUsed"
      from person_passkey where person_id = $1::uuid`,
  },
  {
    table: 'sign_in_proof',
    what: 'codes and links that we sent you, scrambled, with your address, and ways to sign in that you have begun',
    why: 'To check the code that you type, and that it is you who comes back.',
    kept: '15 minutes; an hour later at most it is gone.',
    seen: none,
    forget: 'delete from sign_in_proof where expires_at < now()',
    own: null,
  },
  {
    table: 'sign_in_use',
    what: 'which browser used a code, scrambled, and for which address',
    why: 'So that a second click on the same link does no harm.',
    kept: '15 minutes; an hour later at most it is gone.',
    seen: none,
    forget: 'delete from sign_in_use where expires_at < now()',
    own: 'select expires_at as until from sign_in_use where email = $2',
  },
  {
    table: 'sign_in_count',
    what: 'how often your address and your network asked for codes, scrambled',
    why: 'So that nobody can guess codes, or fill your mailbox.',
    kept: '3 hours.',
    seen: none,
    forget: `delete from sign_in_count where hour < now() - interval '2 hours'`,
    own: null,
  },
]
