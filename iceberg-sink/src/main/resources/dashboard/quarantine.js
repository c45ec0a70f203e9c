// Quarantine: reasons over time, search, and one record whole, without personal data.

import { chart } from './charts.js';
import { h } from './dom.js';
import { instant, whole } from './format.js';
import { outcome } from './parts.js';

// as many as the server shows
const MOST = 200;
const HOURS = [[1, 'Last hour'], [6, 'Last 6 hours'], [24, 'Last day'], [168, 'Last week']];

/** [[millis, count], ...] of those whose key is wanted. */
export function over({ slices, counts }, wanted) {
  const mine = Object.entries(counts).filter(([key]) => wanted(key)).map(([, values]) => values);
  return slices.map((at, i) => [at, mine.reduce((sum, values) => sum + values[i], 0)]);
}

/** Names with their counts, the most first. */
export function shown(entries) {
  const sums = entries.map(([name, values]) => [name, values.reduce((sum, value) => sum + value, 0)])
    .sort(([, one], [, other]) => other - one);
  const most = Math.max(1, ...sums.map(([, sum]) => sum));
  return h('ul', { class: 'bars' }, sums.map(([name, sum]) => h('li', { 'data-key': name },
    h('span', {}, name), h('span', { class: 'number' }, whole(sum)),
    h('span', { class: 'bar', 'aria-hidden': 'true', style: { width: `${100 * sum / most}%` } }))));
}

export function quarantine(state) {
  const { store, chosen } = state;
  const counts = store.at(`quarantine?hours=${chosen.hours ?? 1}`);
  return [
    h('h1', {}, 'Quarantine'),
    h('p', { class: 'lead' }, 'Records that could not go on, each kept whole with its reason. Nothing is lost: the tables that they were meant for count them as quarantined.'),
    counts.failure ? h('p', { class: 'muted' }, counts.failure.status === 404 ? 'Nothing was set aside yet: there is no quarantine table.' : counts.failure.message) : null,
    counts.value ? h('div', { class: 'charts two' },
      chart('Set aside', 'count', over(counts.value, () => true)),
      h('section', { class: 'chart', 'aria-label': 'Reasons' }, h('h2', {}, 'By topic, reason and field'),
        Object.keys(counts.value.counts).length ? shown(Object.entries(counts.value.counts)) : h('p', { class: 'muted' }, 'None in this time.'))) : null,
    search(store.answer('search'), chosen),
    record(store.answer('record')),
  ];
}

function search(answer, chosen) {
  return h('section', { 'aria-labelledby': 'search' },
    h('h2', { id: 'search' }, 'Search'),
    h('form', { class: 'line', 'data-form': 'search' },
      h('label', { class: 'field grow' }, 'Words', h('input', { name: 'words', type: 'search', placeholder: 'raw.transactions RULE_FAILED email' })),
      h('label', { class: 'field' }, 'Time', h('select', { name: 'hours', 'data-choice': 'hours' }, HOURS.map(([hours, name]) =>
        h('option', { value: hours, selected: String(hours) === String(chosen.hours ?? 1) }, name)))),
      h('button', { type: 'submit', class: 'primary' }, 'Search'),
      outcome(answer)),
    answer.value ? found(answer.value, chosen.asked) : null);
}

function found(entries, asked) {
  if (!entries.length) return h('p', { class: 'muted', role: 'status' }, 'No such record.');
  return [
    h('div', { class: 'line' },
      h('p', { class: 'muted grow', role: 'status' }, entries.length === MOST ? `The newest ${MOST}.` : `${entries.length} found.`),
      h('button', { type: 'button', 'data-action': 'replay-found', 'data-asked': JSON.stringify(asked),
        'data-number': entries.length === MOST ? 'all that match' : `${entries.length} found` }, 'Replay …')),
    h('div', { class: 'scroll tall', tabindex: '0', role: 'region', 'aria-label': 'Records found' }, h('table', { class: 'list' },
      h('thead', {}, h('tr', {}, ['When (UTC)', 'Record', 'For', 'Reason', 'Field', 'Detail', ''].map(name => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, entries.map(each => h('tr', { 'data-key': `${each.topic}-${each.partition}-${each.offset} ${each.target}` },
        h('td', {}, instant(each.at)),
        h('th', { scope: 'row' }, `${each.topic}-${each.partition} @ ${each.offset}`),
        h('td', {}, each.target), h('td', {}, each.reason), h('td', {}, each.field ?? ''), h('td', { class: 'wide' }, each.detail),
        h('td', {}, h('button', { type: 'button', 'data-action': 'record', 'data-record': JSON.stringify(
          { topic: each.topic, partition: each.partition, offset: each.offset, target: each.target }) }, 'Show'))))))),
  ];
}

function record(answer) {
  if (!answer.value && !answer.failure) return null;
  const { source_topic: topic, partition, offset, target } = answer.value ?? {};
  return h('section', { 'aria-labelledby': 'record', id: 'shown' },
    h('h2', { id: 'record', tabindex: '-1' }, 'One record'),
    h('p', { class: 'muted' }, 'What its contract calls personal is not shown.'),
    answer.value ? h('button', { type: 'button', 'data-action': 'replay', 'data-record': JSON.stringify(
      { topic, partition: Number(partition), offset: Number(offset), target }) }, 'Replay this record …') : null,
    answer.failure ? h('p', { class: 'failure', role: 'alert' }, answer.failure.message) : null,
    answer.value ? h('pre', { class: 'record' }, JSON.stringify(answer.value, null, 2)) : null);
}
