// Asks for a decision about a table that has stopped, and hands it to the sink.

import { fill, h } from './dom.js';
import { decisions, meaning } from './explain.js';
import { Refused, keepToken, post } from './server.js';

const dialog = document.getElementById('dialog');

export function decide(table) {
  const options = decisions(table.state);
  fill(dialog, h('form', { method: 'dialog', id: 'decision', 'data-key': table.name + table.state },
    h('h2', { id: 'dialog-title' }, `${table.name}: ${table.state}`),
    h('p', {}, meaning(table.state)),
    Object.entries(table.blocked).map(([source, why]) => h('p', { class: 'fine' }, `${source}: ${why}`)),
    h('fieldset', {}, h('legend', {}, 'What is to be done'),
      options.map(({ kind, name, effect }, i) => h('label', { class: 'option' },
        h('input', { type: 'radio', name: 'decision', value: kind, required: true, checked: i === 0 && options.length === 1 }),
        h('span', {}, h('strong', {}, name), h('span', { class: 'fine' }, effect))))),
    h('label', { class: 'field' }, 'Who decides', h('input', { name: 'by', required: true, autocomplete: 'name', maxlength: '100' })),
    h('p', { class: 'fine' }, 'The decision is committed to the table’s ledger with your name, and can’t be taken back.'),
    h('label', { class: 'field', id: 'token', hidden: true }, 'Management token', h('input', { name: 'token', type: 'password', autocomplete: 'off' })),
    h('p', { class: 'failure', role: 'alert' }),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', 'data-action': 'close' }, 'Cancel'),
      h('button', { type: 'submit', class: 'primary' }, 'Decide'))));
  const form = dialog.firstElementChild;
  form.onsubmit = event => {
    event.preventDefault();
    send(form, table.name);
  };
  dialog.showModal();
}

export const close = () => dialog.close();

async function send(form, table) {
  const answers = new FormData(form);
  if (answers.get('token')) keepToken(answers.get('token'));
  try {
    await post(`/tables/${encodeURIComponent(table)}/decision`, { decision: answers.get('decision'), by: answers.get('by') });
    dialog.close();
  } catch (failure) {
    form.querySelector('.failure').textContent = failure.message;
    if (failure instanceof Refused && failure.status === 401) form.querySelector('#token').hidden = false;
  }
}
