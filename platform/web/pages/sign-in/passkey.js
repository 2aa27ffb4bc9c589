// Asks the browser for a passkey, and sends its answer with the form of the page. It is not ours to keep.
const form = document.querySelector('form[data-passkey]')
if (form) passkeyForm(form)

function passkeyForm(form) {
  const { passkey, options } = form.dataset
  const status = form.querySelector('[data-passkey-status]')
  let isAsking = false
  const ask = async () => {
    if (isAsking) return
    isAsking = true
    status.textContent = ''
    try {
      form.elements.answer.value = JSON.stringify(await answerTo(passkey, JSON.parse(options)))
      form.submit()
    } catch (error) {
      status.textContent = words(error)
    }
    isAsking = false
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (form.elements.name && form.elements.name.value.trim() === '') form.submit()
    else ask()
  })
  if (passkey === 'use') ask()
}

async function answerTo(passkey, options) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) throw new Error('too old')
  const found =
    passkey === 'new'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
        })
  return found.toJSON()
}

function words(error) {
  if (error.name === 'NotAllowedError') {
    return 'Nothing was done: it was stopped, it took too long, or there is no passkey here. You can press the button and try again.'
  }
  if (error.name === 'InvalidStateError') return 'This device has a passkey of yours already.'
  return 'This browser cannot use passkeys here. A code that we mail to you works in every browser.'
}
