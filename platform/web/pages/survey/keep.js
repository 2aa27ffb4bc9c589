// At a kiosk: what somebody has begun to type is saved before the page asks whether they are still there.
const form = document.querySelector('form[data-keep]')
if (form) {
  let isTyped = false
  form.addEventListener('input', () => {
    isTyped = true
  })
  setTimeout(() => {
    if (!isTyped) return
    const go = document.createElement('input')
    go.type = 'hidden'
    go.name = 'go'
    go.value = 'stay'
    form.append(go)
    form.submit()
  }, 1000 * Number(form.dataset.keep))
}
