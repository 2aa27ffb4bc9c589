import type { FastifyInstance } from 'fastify'
import type { Uploads } from '../uploads/uploads.ts'
import { addAccount } from './pages/account/account.ts'
import { addOwnData } from './pages/account/data.ts'
import { addWays } from './pages/account/ways.ts'
import { addWhy } from './pages/account/why.ts'
import { addCorrections } from './pages/correction/correction-forms.ts'
import { addHandling } from './pages/desk/handle.ts'
import { addMine } from './pages/desk/mine.ts'
import { addPosted } from './pages/posted/posted.ts'
import { addPublish } from './pages/publish/publish.ts'
import { addReplies } from './pages/reply/reply.ts'
import { addRoles } from './pages/roles/roles.ts'
import { addOpenId } from './pages/sign-in/open-id.ts'
import { addPasskey } from './pages/sign-in/passkey.ts'
import { addSignIn } from './pages/sign-in/sign-in.ts'
import { addConfirm } from './pages/subscribe/confirm.ts'
import { addFollowing } from './pages/subscribe/following.ts'
import { addSubscribe } from './pages/subscribe/subscribe.ts'
import { addUnsubscribe } from './pages/subscribe/unsubscribe.ts'
import { addWalkIn } from './pages/walk-in/walk-in.ts'
import type { FormPlace } from './people-door.ts'
import type { Render } from './render.ts'

/** Signing in, the account, and, on a machine of one's own, letters and the way in. */
export function addPeoplePages(
  app: FastifyInstance,
  {
    reader,
    door,
    refuse,
    render,
    uploads,
  }: Omit<FormPlace, 'page'> & { readonly render: Render; readonly uploads: Uploads | undefined },
): void {
  const page: FormPlace['page'] = (reply, view, values) =>
    reply
      .type('text/html; charset=utf-8')
      .send(render(view, { csrf: reply.generateCsrf(), viewer: reply.request.viewer, ...values }))
  const place = { reader, door, refuse, page }
  addSignIn(app, place)
  addPasskey(app, place)
  if (door.people.service) addOpenId(app, place, door.people.service.name)
  addAccount(app, place)
  addWays(app, place)
  addWhy(app, place)
  addOwnData(app, place)
  addReplies(app, place)
  addCorrections(app, place)
  addHandling(app, place)
  addMine(app, place)
  addSubscribe(app, place)
  addConfirm(app, place)
  addFollowing(app, place)
  addUnsubscribe(app, place)
  addRoles(app, place)
  if (door.letters !== 'nobody') addPosted(app, place)
  if (door.walkIn !== 'nobody') addWalkIn(app, place)
  if (uploads) {
    const publishing = { ...place, uploads }
    // Apart: only these routes take files.
    void app.register((own) => addPublish(own, publishing))
  }
}
