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
import { addAfterAppointments } from './pages/run-surveys/appointments.ts'
import { takesLists } from './pages/run-surveys/draw-form.ts'
import { addInvite } from './pages/run-surveys/invite.ts'
import { addPaperLetters } from './pages/run-surveys/paper-letters.ts'
import { addPosters } from './pages/run-surveys/posters.ts'
import { addRunSurveys } from './pages/run-surveys/run-surveys.ts'
import { addOpenId } from './pages/sign-in/open-id.ts'
import { addPasskey } from './pages/sign-in/passkey.ts'
import { addSignIn } from './pages/sign-in/sign-in.ts'
import { addStoryAnswers } from './pages/stories/answer.ts'
import { addStoryConfirm } from './pages/stories/confirm.ts'
import { addCounting } from './pages/stories/counting.ts'
import { addOwnStory } from './pages/stories/mine.ts'
import { addModeration } from './pages/stories/moderate.ts'
import { addOwedStories } from './pages/stories/owed.ts'
import { addTelling } from './pages/stories/tell.ts'
import { addConfirm } from './pages/subscribe/confirm.ts'
import { addFollowing } from './pages/subscribe/following.ts'
import { addSubscribe } from './pages/subscribe/subscribe.ts'
import { addUnsubscribe } from './pages/subscribe/unsubscribe.ts'
import { addSurveyAnswers } from './pages/survey/answer.ts'
import { addSurveyStart } from './pages/survey/start.ts'
import { addSurveyStop } from './pages/survey/stop.ts'
import { addSurveyModeration } from './pages/survey-themes/moderate.ts'
import { addSurveyResults } from './pages/survey-themes/results.ts'
import { addTeamAnswers } from './pages/team-answers/team-answers.ts'
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
  addTelling(app, place)
  addStoryConfirm(app, place)
  addOwnStory(app, place)
  addModeration(app, place)
  addStoryAnswers(app, place)
  addOwedStories(app, place)
  addCounting(app, place)
  addRoles(app, place)
  addRunSurveys(app, place, uploads)
  addPosters(app, place)
  addTeamAnswers(app, place)
  addAfterAppointments(app, place)
  // Apart: only these routes take lists of people as files.
  void app.register(async (own) => {
    await takesLists(own)
    addInvite(own, place)
    addPaperLetters(own, place)
  })
  addSurveyModeration(app, place)
  addSurveyResults(app, place)
  addSurveyStart(app, place)
  addSurveyStop(app, place)
  addSurveyAnswers(app, place)
  if (door.letters !== 'nobody') addPosted(app, place)
  if (door.walkIn !== 'nobody') addWalkIn(app, place)
  if (uploads) {
    const publishing = { ...place, uploads }
    // Apart: only these routes take files.
    void app.register((own) => addPublish(own, publishing))
  }
}
