// Sends the file of the form in parts, goes on where one broke off, and says how far it is.
/* global tus */
const form = document.querySelector('form[data-parts]')
if (form && window.tus?.isSupported) sendInParts(form)

/** Bytes of a part: what is lost at most when the line breaks. */
const partBytes = 4_000_000
const waits = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000]
/** The status lines of the server after which the same part may be sent again. */
const again = [409, 423, 460]
/** Milliseconds between two sentences to whoever listens. */
const speakEvery = 20_000

function sendInParts(form) {
  const part = (name) => form.querySelector(`[data-parts-${name}]`)
  const [status, count, pause] = [part('status'), part('count'), part('pause')]
  const bar = form.querySelector('progress')
  let upload = null
  let isPaused = false
  let began = { at: 0, bytes: null }
  let spoke = 0
  let isLost = false
  // What is kept: less than what is sent, as long as a part is on its way.
  let kept = ''

  const say = (words) => {
    // The same words anew would be read out anew.
    if (status.textContent !== words) status.textContent = words
    spoke = performance.now()
  }
  const show = (isSending) => {
    part('idle').hidden = isSending
    part('sending').hidden = !isSending
    form.elements.file.disabled = isSending
  }
  const stand = (paused, words) => {
    isPaused = paused
    pause.textContent = paused ? 'Go on' : 'Pause'
    say(words)
  }

  form.addEventListener('submit', (event) => {
    const [file] = form.elements.file.files
    if (!file || file.size === 0) return
    event.preventDefault()
    const known = JSON.parse(form.dataset.parts).find(
      (k) => k.name === file.name && k.bytes === file.size && k.modified === file.lastModified,
    )
    upload = begin(file, known)
    show(true)
    stand(
      false,
      known ? `Going on with ${file.name} from ${size(known.received)}.` : `Sending ${file.name}.`,
    )
    pause.focus()
    upload.start()
  })
  pause.addEventListener('click', () => {
    if (isPaused) return goOn()
    upload.abort()
    stand(true, `Paused. ${kept} You can go on, today or tomorrow.`)
  })
  part('cancel').addEventListener('click', async () => {
    await upload.abort(true).catch(() => undefined)
    show(false)
    say('Cancelled. What was sent is removed.')
    form.elements.file.focus()
  })
  window.addEventListener('online', () => {
    if (upload && isPaused && form.dataset.broken) goOn()
  })

  function goOn() {
    delete form.dataset.broken
    began = { at: 0, bytes: null }
    stand(false, 'Going on.')
    upload.start()
  }

  function begin(file, known) {
    const id = known?.id ?? form.elements.form.value
    began = { at: 0, bytes: null }
    kept = keptWords(known?.received ?? 0, file.size)
    return new tus.Upload(file, {
      endpoint: '/publish/parts',
      uploadUrl: known ? `/publish/parts/${id}` : null,
      metadata: { form: id, filename: file.name, modified: String(file.lastModified) },
      headers: { 'csrf-token': form.elements._csrf.value },
      chunkSize: partBytes,
      retryDelays: waits,
      storeFingerprintForResuming: false,
      httpStack: new HashedStack(),
      onShouldRetry: (error) => {
        const code = error.originalResponse?.getStatus() ?? 0
        if (code === 0 && !isLost) say('The connection is gone. We try again by ourselves.')
        isLost ||= code === 0
        return code === 0 || code >= 500 || again.includes(code)
      },
      onProgress: (sent, all) => progress(sent, all),
      onChunkComplete: (_, sent, all) => {
        kept = keptWords(sent, all)
      },
      onSuccess: () => {
        say('All of it is here. We are reading it.')
        location.assign(`/publish/${id}`)
      },
      onError: (error) => broken(error),
    })
  }

  function progress(sent, all) {
    if (began.bytes === null || isLost) kept = keptWords(sent, all)
    if (began.bytes === null) {
      began = { at: performance.now(), bytes: sent }
    }
    if (isLost) {
      isLost = false
      say(`The connection is back. Going on from ${size(sent)}.`)
    }
    bar.value = sent / all
    bar.textContent = `${Math.floor((100 * sent) / all)}%`
    const left = timeLeft(began, sent, all)
    count.textContent = `${size(sent)} of ${size(all)}.${left}`
    if (sent === all) say('All of it is sent. We are putting it together; please wait.')
    else if (performance.now() - spoke > speakEvery) say(`${bar.textContent} sent.${left}`)
  }

  function broken(error) {
    const answer = error.originalResponse
    const code = answer?.getStatus() ?? 0
    const isText = /^text\/plain/.test(answer?.getHeader('content-type') ?? '')
    if (code === 401) {
      show(false)
      return say(
        'You are no longer signed in. Sign in again, come back and choose the same file: what was sent is kept.',
      )
    }
    if (isText && code === 400) {
      show(false)
      return say(answer.getBody())
    }
    if (code === 0 || code >= 500) {
      form.dataset.broken = 'yes'
      return stand(
        true,
        'The connection is gone. What was sent is kept. Press “Go on” to try again.',
      )
    }
    show(false)
    say(
      isText
        ? answer.getBody()
        : 'Load this page again and choose the same file: what was sent is kept.',
    )
  }
}

/** The library's own requests, each part with a checksum where the browser can make one. */
class HashedStack {
  createRequest(method, url) {
    const request = new tus.DefaultHttpStack().createRequest(method, url)
    const [send, abort] = [request.send.bind(request), request.abort.bind(request)]
    let isAborted = false
    request.send = async (body = null) => {
      if (body && crypto.subtle) {
        const digest = await crypto.subtle.digest('SHA-256', await body.arrayBuffer())
        if (isAborted) return new Promise(() => undefined)
        request.setHeader(
          'Upload-Checksum',
          `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}`,
        )
      }
      return send(body)
    }
    request.abort = () => {
      isAborted = true
      return abort()
    }
    return request
  }
  getName() {
    return 'HashedStack'
  }
}

const keptWords = (bytes, all) => `${size(bytes)} of ${size(all)}.`

function size(bytes) {
  const [n, unit] = bytes < 1e6 ? [bytes / 1e3, 'KB'] : [bytes / 1e6, 'MB']
  return `${n.toLocaleString('en-GB', { maximumFractionDigits: n < 10 ? 1 : 0 })} ${unit}`
}

/** " About 3 minutes left.", once that can be told. */
function timeLeft({ at, bytes }, sent, all) {
  const seconds = (performance.now() - at) / 1000
  if (seconds < 3 || sent <= bytes) return ''
  const left = ((all - sent) * seconds) / (sent - bytes)
  if (left < 60) return ' Less than a minute left.'
  const minutes = Math.round(left / 60)
  return ` About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left.`
}
