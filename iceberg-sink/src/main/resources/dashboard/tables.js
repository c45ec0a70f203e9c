// All tables as a table, and one of them by itself.

import { chart } from './charts.js';
import { h } from './dom.js';
import { decisions, meaning, tone, why } from './explain.js';
import { kept } from './travel.js';
import { bytes, instant, rate, ratio, short, span, whole } from './format.js';

export function tables({ model, series }) {
  return [
    h('h1', {}, 'Tables'),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Tables' }, h('table', { class: 'list' },
      h('thead', {}, h('tr', {}, ['Table', 'State', 'Rows', 'Records/s', 'Last minutes', 'Behind', 'Freshness p50', 'p99', 'Commit', 'Files', 'Mean file', 'Snapshots', 'Compression']
        .map((name, i) => h('th', { scope: 'col', class: i > 1 && i !== 4 ? 'number' : '' }, name)))),
      h('tbody', {}, model.tables.map(table => h('tr', { 'data-key': table.name },
        h('th', { scope: 'row' }, h('a', { href: `#/tables/${encodeURIComponent(table.name)}` }, table.name)),
        h('td', {}, h('span', { class: `pill ${tone(table)}`, title: why(table, model.at) }, table.state)),
        h('td', { class: 'number', title: whole(table.rows), 'data-value': `rows ${table.name}` }, whole(table.rows)),
        h('td', { class: 'number' }, rate(table.rate)),
        h('td', {}, spark(series.rates(`${table.name}/held`))),
        h('td', { class: 'number' }, short(table.lag)),
        h('td', { class: 'number' }, table.freshness_p50_millis ? span(table.freshness_p50_millis) : '–'),
        h('td', { class: 'number' }, table.freshness_p99_millis ? span(table.freshness_p99_millis) : '–'),
        h('td', { class: 'number' }, table.commit_millis ? span(table.commit_millis) : '–'),
        h('td', { class: 'number' }, whole(table.files)),
        h('td', { class: 'number' }, table.files ? bytes(table.bytes / table.files) : '–'),
        h('td', { class: 'number' }, whole(table.snapshots)),
        h('td', { class: 'number' }, ratio(table.avro_bytes / table.bytes))))))),
  ];
}

/** A line of what there was, for the eye only: the numbers are beside it. */
function spark(points) {
  const values = points.map(([, value]) => value ?? 0);
  const most = Math.max(1, ...values);
  const step = 90 / Math.max(1, values.length - 1);
  const line = values.map((value, i) => `${(i * step).toFixed(1)},${(18 - value / most * 16).toFixed(1)}`).join(' ');
  return h('svg', { class: 'spark', viewBox: '0 0 90 20', 'aria-hidden': 'true' }, h('polyline', { points: line }));
}

export function table(state, name) {
  const { model, series } = state;
  const found = model.tables.find(each => each.name === name);
  if (!found) return [h('h1', {}, name), h('p', {}, 'The sink knows no table of this name.')];
  return [
    h('p', { class: 'path' }, h('a', { href: '#/tables' }, 'Tables')),
    h('h1', {}, name, ' ', h('span', { class: `pill ${tone(found)}` }, found.state)),
    h('p', { class: 'lead' }, why(found, model.at)),
    found.isBlocked ? blocked(found) : null,
    facts(found, model.at),
    h('div', { class: 'charts' },
      chart('Records a second', 'rate', series.rates(`${name}/held`)),
      chart('Records behind', 'count', series.points(`${name}/lag`)),
      chart('Freshness, p99', 'span', series.points(`${name}/fresh99`)),
      chart('Commit latency', 'span', series.points(`${name}/commit`))),
    kept(state, found),
    ledger(found),
  ];
}

function blocked(table) {
  return h('article', { class: 'notice bad' },
    h('div', {},
      h('h2', {}, table.state),
      h('p', {}, meaning(table.state)),
      Object.entries(table.blocked).map(([source, why]) => h('p', { class: 'fine' }, `${source}: ${why}`))),
    decisions(table.state).length ? h('button', { type: 'button', class: 'primary', 'data-action': 'decide', 'data-table': table.name }, 'Decide …') : null);
}

function facts(table, now) {
  const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
  return h('dl', { class: 'facts' },
    fact('Rows', whole(table.rows)),
    fact('Last commit', table.committed_at ? `${instant(Date.parse(table.committed_at))} UTC, ${span(Math.max(0, now - Date.parse(table.committed_at)))} ago` : 'none yet'),
    fact('Commit took', table.commit_millis ? span(table.commit_millis) : '–'),
    fact('Freshness', table.freshness_p50_millis ? `${span(table.freshness_p50_millis)} median, ${span(table.freshness_p99_millis)} p99` : '–'),
    fact('Read, not committed', `${whole(table.open_rows)} rows, ${bytes(table.open_bytes)}`),
    fact('Files', `${whole(table.files)}, ${bytes(table.bytes)}${table.files ? `, ${bytes(table.bytes / table.files)} each` : ''}`),
    fact('Compression', `${ratio(table.avro_bytes / table.bytes)}, of ${bytes(table.avro_bytes)} of Avro`),
    fact('Snapshots', whole(table.snapshots)),
    fact('Current snapshot', table.snapshot_id === null ? '–' : h('code', {}, table.snapshot_id)),
    table.unpublished ? fact(`Branch ${table.unpublished.branch}`, unpublished(table.unpublished)) : null);
}

function unpublished({ standing, snapshots, rows, since }) {
  const what = `unpublished: ${whole(snapshots)} snapshots, ${whole(rows)} rows`;
  return standing === 'PUBLISHED' ? 'all is published'
    : `${what}${since ? `, since ${instant(Date.parse(since))} UTC` : ''}${standing === 'DIVERGED' ? '; main has moved: can’t be published' : ''}`;
}

function ledger(table) {
  return h('section', { 'aria-labelledby': 'ledger' },
    h('h2', { id: 'ledger' }, 'Ledger'),
    h('p', { class: 'muted' }, 'Each record from begin up to (not including) end is in the table, or in quarantine, exactly once.'),
    h('div', { class: 'scroll' }, h('table', { class: 'list narrow' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Topic'), ['Partition', 'Begin', 'End', 'Held'].map(name => h('th', { scope: 'col', class: 'number' }, name)))),
      h('tbody', {}, Object.entries(table.ledger).flatMap(([topic, partitions]) => Object.entries(partitions).map(([partition, [begin, end]]) =>
        h('tr', {}, h('th', { scope: 'row' }, topic), [partition, begin, end, end - begin].map(value => h('td', { class: 'number' }, whole(value))))))))));
}

