// Asks for a decision about a table that has stopped, and hands it to the sink.

import { ask } from './dialog.js';
import { h } from './dom.js';
import { decisions, meaning } from './explain.js';
import { post } from './server.js';

export function decide(table) {
  const options = decisions(table.state);
  ask({
    key: table.name + table.state,
    title: `${table.name}: ${table.state}`,
    content: [
      h('p', {}, meaning(table.state)),
      Object.entries(table.blocked).map(([source, why]) => h('p', { class: 'fine' }, `${source}: ${why}`)),
      h('fieldset', {}, h('legend', {}, 'What is to be done'),
        options.map(({ kind, name, effect }, i) => h('label', { class: 'option' },
          h('input', { type: 'radio', name: 'decision', value: kind, required: true, checked: i === 0 && options.length === 1 }),
          h('span', {}, h('strong', {}, name), h('span', { class: 'fine' }, effect))))),
      h('label', { class: 'field' }, 'Who decides', h('input', { name: 'by', required: true, autocomplete: 'name', maxlength: '100' })),
      h('p', { class: 'fine' }, 'The decision is committed to the table’s ledger with your name, and can’t be taken back.'),
    ],
    verb: 'Decide',
    send: answers => post(`/tables/${encodeURIComponent(table.name)}/decision`, { decision: answers.get('decision'), by: answers.get('by') }),
  });
}
