// Questions in SQL, with their answers as a table and a chart. What answers them is no part of the sink.

import { columnsChart } from './charts.js';
import { h } from './dom.js';
import { span, whole } from './format.js';
import { grid, outcome } from './parts.js';

// as many columns as a chart stays legible with
const MOST_SERIES = 6;
const MOST_BARS = 200;

export function sql({ model, store, chosen }) {
  const answer = store.answer('sql');
  return [
    h('h1', {}, 'SQL'),
    h('p', { class: 'lead' }, 'Questions about what the tables hold now. Nothing can be changed here; times are UTC.'),
    h('form', { class: 'line', 'data-form': 'sql' },
      h('label', { class: 'field grow' }, 'Statement (Ctrl+Enter runs it)',
        h('textarea', { name: 'sql', rows: 6, required: true, spellcheck: 'false', autocomplete: 'off', placeholder: example(model) })),
      h('div', { class: 'line examples', role: 'group', 'aria-label': 'Begin with a table' }, model.tables.map(({ name }) =>
        h('button', { type: 'button', 'data-action': 'example', 'data-sql': `SELECT * FROM ${name} LIMIT 100`, 'data-key': name }, name))),
      h('div', { class: 'line' },
        h('button', { type: 'submit', class: 'primary', disabled: answer.asking }, 'Run'),
        h('button', { type: 'button', 'data-action': 'stop-sql', disabled: !answer.asking }, 'Stop')),
      outcome(answer)),
    answer.value && !answer.asking && !answer.failure ? result(answer.value, chosen.shape ?? 'bar') : null,
  ];
}

const example = ({ tables }) => `SELECT … FROM ${tables[0]?.name ?? 'bronze.activity'}`;

function result({ columns, rows, more, millis }, shape) {
  const words = `${whole(rows.length)}${more ? ' of more' : ''} rows in ${span(millis)}.`;
  return h('section', { 'aria-labelledby': 'answer' },
    h('h2', { id: 'answer' }, 'Answer'),
    h('p', { class: 'muted', role: 'status' }, words),
    picture(columns, rows, shape),
    rows.length ? grid('Answer', columns.map(({ name }) => name), rows, columns.map(({ numeric }) => numeric)) : null);
}

/** The numbers of an answer over its first column, where it has both. */
function picture(columns, rows, shape) {
  const series = columns.map(({ name, numeric }, at) => ({ name, numeric, at })).slice(1).filter(({ numeric }) => numeric);
  if (!series.length || rows.length < 2) return null;
  const shown = rows.slice(0, MOST_BARS);
  return [
    h('div', { class: 'line' }, h('label', { class: 'field' }, 'Chart', h('select', { 'data-choice': 'shape' },
      [['bar', 'bars'], ['line', 'lines']].map(([value, name]) => h('option', { value, selected: value === shape }, name))))),
    columnsChart('Answer', shape, shown.map(([label]) => label ?? 'null'), series.slice(0, MOST_SERIES).map(({ name, at }) =>
      ({ name, values: shown.map(row => row[at] === null ? null : Number(row[at])) }))),
  ];
}
