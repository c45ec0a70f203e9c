// Topics: how far they are read, by which schemas they are written, what their contracts say, which rules fail.

import { chart } from './charts.js';
import { h } from './dom.js';
import { tone } from './explain.js';
import { rate, short, whole } from './format.js';
import { over, shown } from './quarantine.js';

export function topics({ model }) {
  const lanes = [...model.lanes.inputs, ...model.lanes.outputs];
  return [
    h('h1', {}, 'Topics'),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Topics' }, h('table', { class: 'list' },
      h('thead', {}, h('tr', {}, ['Topic', 'Partitions', 'Records/s', 'Behind: sink', 'Behind: processor', 'Table', 'State'].map((name, i) =>
        h('th', { scope: 'col', class: i > 0 && i < 5 ? 'number' : '' }, name)))),
      h('tbody', {}, lanes.map(({ topic, table }) => h('tr', { 'data-key': `${topic} ${table.name}` },
        h('th', { scope: 'row' }, h('a', { href: `#/topics/${encodeURIComponent(topic)}` }, topic)),
        h('td', { class: 'number' }, whole(Object.keys(table.ledger[topic] ?? {}).length)),
        h('td', { class: 'number' }, rate(table.rate)),
        h('td', { class: 'number' }, short(table.lag)),
        h('td', { class: 'number' }, topic in model.inputs ? short(model.inputs[topic]) : h('span', { class: 'muted' }, 'not read')),
        h('td', {}, h('a', { href: `#/tables/${encodeURIComponent(table.name)}` }, table.name)),
        h('td', {}, h('span', { class: `pill ${tone(table)}` }, table.state))))))),
  ];
}

export function topic(state, name) {
  const { model, series, store } = state;
  const lanes = [...model.lanes.inputs, ...model.lanes.outputs].filter(lane => lane.topic === name);
  const schemas = store.at(`topics/${encodeURIComponent(name)}`, 60_000);
  const counts = store.at('quarantine?hours=1');
  return [
    h('p', { class: 'path' }, h('a', { href: '#/topics' }, 'Topics')),
    h('h1', {}, name),
    h('p', { class: 'lead' }, lanes.map(({ table }) => [
      'Goes to ', h('a', { href: `#/tables/${encodeURIComponent(table.name)}` }, table.name), `, ${short(table.lag)} records behind. `]),
      name in model.inputs ? `The processor is ${short(model.inputs[name])} records behind.` : ''),
    h('div', { class: 'charts' },
      lanes.map(({ table }) => [
        chart(`Records a second into ${table.name}`, 'rate', series.rates(`${table.name}/held`)),
        chart(`Records behind, ${table.name}`, 'count', series.points(`${table.name}/lag`))]),
      counts.value ? chart(`Set aside from ${name}`, 'count', over(counts.value, key => key.startsWith(`${name} `))) : null),
    rules(counts, name),
    schemas.failure ? h('p', { class: 'muted' }, schemas.failure.message) : null,
    schemas.value ? contract(schemas.value) : null,
    schemas.value ? versions(schemas.value) : null,
  ];
}

function rules(counts, name) {
  if (!counts.value) return null;
  const mine = Object.entries(counts.value.counts).filter(([key]) => key.startsWith(`${name} `));
  return h('section', { 'aria-labelledby': 'failures' },
    h('h2', { id: 'failures' }, 'Failures of the last hour'),
    mine.length ? shown(mine.map(([key, values]) => [key.slice(name.length + 1), values])) : h('p', { class: 'muted' }, 'None: no record was set aside.'));
}

function contract({ contract: promise, problem }) {
  if (problem) return h('p', { class: 'failure' }, problem);
  const fact = (title, value) => h('div', {}, h('dt', {}, title), h('dd', {}, value || '–'));
  return h('section', { 'aria-labelledby': 'contract' },
    h('h2', { id: 'contract' }, 'Contract'),
    h('dl', { class: 'facts' },
      fact('Key', promise.key.join(', ')),
      fact('Event time', promise.event_time),
      fact('Partitioned by', promise.partition_by.join(', ')),
      fact('Mode', promise.mode.toLowerCase()),
      fact('Personal data', Object.entries(promise.pii).map(([path, what]) => `${path}: ${what.toLowerCase()}`).join(', '))),
    promise.rules.length ? h('ul', {}, promise.rules.map(rule => h('li', {}, h('code', {}, rule)))) : h('p', { class: 'muted' }, 'No rules.'));
}

function versions({ versions: all }) {
  return h('section', { 'aria-labelledby': 'versions' },
    h('h2', { id: 'versions' }, 'Schema versions'),
    h('div', { class: 'scroll' }, h('table', { class: 'list' },
      h('thead', {}, h('tr', {}, ['Version', 'Id', 'Name', 'Fields', 'Added', 'Removed'].map((title, i) =>
        h('th', { scope: 'col', class: i < 2 || i === 3 ? 'number' : '' }, title)))),
      h('tbody', {}, all.map(each => h('tr', {},
        h('td', { class: 'number' }, whole(each.version)), h('td', { class: 'number' }, whole(each.id)), h('td', {}, each.name),
        h('td', { class: 'number' }, whole(each.fields)), h('td', { class: 'wide' }, each.added.join(', ')), h('td', { class: 'wide' }, each.removed.join(', '))))))));
}
