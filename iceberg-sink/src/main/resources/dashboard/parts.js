// Parts that several sections have.

import { h } from './dom.js';

/** Rows of text below names; null is told from the word. */
export function grid(label, columns, rows, numeric = []) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, h('table', { class: 'list' },
    h('thead', {}, h('tr', {}, columns.map((name, i) => h('th', { scope: 'col', class: numeric[i] ? 'number' : '' }, name)))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map((value, i) => value === null
      ? h('td', { class: 'muted' }, 'null')
      : h('td', { class: numeric[i] ? 'number' : value.length > 40 ? 'wide' : '' }, value)))))));
}

/** What became of a question: that it is asked, why not, or that the token is wanted. */
export function outcome(answer) {
  return [
    h('label', { class: 'field', hidden: ![401, 403].includes(answer.failure?.status) }, 'Management token',
      h('input', { name: 'token', type: 'password', autocomplete: 'off' })),
    h('p', { class: 'failure', role: 'alert' }, answer.failure && !answer.asking ? answer.failure.message : ''),
    answer.asking ? h('p', { class: 'muted', role: 'status' }, 'Asking …') : null,
  ];
}
