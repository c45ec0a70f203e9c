// Asks before something is changed, and shows what came of it. One question at a time.

import { fill, h } from './dom.js';
import { Refused, get, keepToken } from './server.js';

const dialog = document.getElementById('dialog');

export const close = () => dialog.close();

/** Opens a question: send answers with a promise, whose value done makes text of; without done, the dialog closes then. */
export function ask({ key, title, content, verb, send, done }) {
  fill(dialog, h('form', { method: 'dialog', id: 'question', 'data-key': key },
    h('h2', { id: 'dialog-title' }, title),
    content,
    h('label', { class: 'field', id: 'token', hidden: true }, 'Management token', h('input', { name: 'token', type: 'password', autocomplete: 'off' })),
    h('p', { class: 'failure', role: 'alert' }),
    h('p', { class: 'done', role: 'status' }),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', 'data-action': 'close' }, done ? 'Close' : 'Cancel'),
      h('button', { type: 'submit', class: 'primary' }, verb))));
  const form = dialog.firstElementChild;
  form.onsubmit = event => {
    event.preventDefault();
    sendOnce(form, send, done);
  };
  dialog.showModal();
}

/** Asks who is looking, and answers when that is told, or is not. */
export function signIn() {
  return new Promise(resolve => {
    ask({
      key: 'sign-in',
      title: 'Who is looking?',
      content: h('p', {}, 'What this sink tells is for viewers and operators.'),
      verb: 'Look',
      send: () => get('history'),
    });
    dialog.querySelector('#token').hidden = false;
    dialog.addEventListener('close', resolve, { once: true });
  });
}

async function sendOnce(form, send, done) {
  const button = form.querySelector('[type=submit]');
  const answers = new FormData(form);
  if (answers.get('token')) keepToken(answers.get('token'));
  button.disabled = true;
  form.querySelector('.failure').textContent = '';
  try {
    const answer = await send(answers);
    if (!done) return dialog.close();
    form.querySelector('.done').textContent = done(answer);
    button.hidden = true;
  } catch (failure) {
    form.querySelector('.failure').textContent = failure.message;
    if (failure instanceof Refused && (failure.status === 401 || failure.status === 403)) form.querySelector('#token').hidden = false;
  }
  button.disabled = false;
}
