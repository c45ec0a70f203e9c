// How a table is kept, and what it held: snapshots, files, rows as of a snapshot or a time, rows that a snapshot added.

import { h } from './dom.js';
import { bytes, instant, percent, short, whole } from './format.js';
import { grid, outcome } from './parts.js';

export function kept(state, table) {
  const entry = state.store.at(`tables/${encodeURIComponent(table.name)}`, 10_000);
  if (!entry.value) return entry.failure ? h('p', { class: 'muted' }, entry.failure.message) : h('p', { class: 'muted' }, 'Reading its metadata …');
  const anatomy = entry.value;
  return [
    debts(anatomy),
    snapshots(anatomy),
    travel(state, table, anatomy),
    columns(anatomy),
  ];
}

function debts({ files, deletes, partitioning, sorting, format_version: version }) {
  const fact = (name, value, note) => h('div', {}, h('dt', {}, name), h('dd', {}, value, note ? h('div', { class: 'fine' }, note) : null));
  return h('section', { 'aria-labelledby': 'debts' },
    h('h2', { id: 'debts' }, 'Files and debts'),
    h('dl', { class: 'facts' },
      fact('Small-file debt', `${whole(Math.max(0, files.files - files.needed))} files more than needed`,
        `${whole(files.small)} of ${whole(files.files)} are small, ${bytes(files.small_bytes)}; ${whole(files.needed)} of ${bytes(files.target)} would do in ${whole(files.partitions)} partitions`),
      fact('Delete debt', deletes.rows ? `${whole(deletes.rows)} rows, ${percent(deletes.rows / deletes.of)}` : 'none',
        deletes.files ? `${whole(deletes.files)} files of deletes${deletes.equality ? `, ${whole(deletes.equality)} by equality` : ''}` : null),
      fact('Partitioned by', partitioning || 'nothing'),
      fact('Sorted by', sorting || 'nothing'),
      fact('Format', `version ${version}`)));
}

function snapshots({ snapshots: steps }) {
  return h('section', { 'aria-labelledby': 'snapshots' },
    h('h2', { id: 'snapshots' }, 'Snapshots'),
    h('div', { class: 'scroll tall', tabindex: '0', role: 'region', 'aria-label': 'Snapshots' }, h('table', { class: 'list' },
      h('thead', {}, h('tr', {}, ['Committed (UTC)', 'Snapshot', 'Did', 'Rows', 'Files', 'Records it added'].map((name, i) =>
        h('th', { scope: 'col', class: i === 3 || i === 4 ? 'number' : '' }, name)))),
      h('tbody', {}, steps.map(step => h('tr', { 'data-key': step.id },
        h('td', {}, instant(step.at)),
        h('td', {}, h('code', {}, step.id)),
        h('td', {}, step.decision ? `decision: ${step.decision}` : step.operation),
        h('td', { class: 'number' }, step.added_rows ? `+${short(step.added_rows)}` : '', step.added_deletes ? ` −${short(step.added_deletes)}` : ''),
        h('td', { class: 'number' }, step.added_files ? `+${whole(step.added_files)}` : '', step.removed_files ? ` −${whole(step.removed_files)}` : ''),
        h('td', { class: 'wide' }, step.ranges.map(range =>
          `${range.source} [${range.start}, ${range.end})${range.quarantined ? ` ${range.quarantined} quarantined` : ''}`).join(', '))))))));
}

function travel({ store }, table, { snapshots: steps }) {
  const answer = store.answer(`rows ${table.name}`);
  return h('section', { 'aria-labelledby': 'travel' },
    h('h2', { id: 'travel' }, 'Time travel'),
    h('form', { class: 'line', 'data-form': 'rows', 'data-table': table.name, 'data-key': table.name },
      h('label', { class: 'field' }, 'Show', h('select', { name: 'what' },
        h('option', { value: 'snapshot' }, 'rows as of a snapshot'),
        h('option', { value: 'added' }, 'rows that a snapshot added'),
        h('option', { value: 'time' }, 'rows as of a time'))),
      h('label', { class: 'field' }, 'Snapshot', h('select', { name: 'snapshot', class: 'mono' }, steps.map(step =>
        h('option', { value: step.id, 'data-key': step.id }, `${instant(step.at)}  ${step.id}`)))),
      h('label', { class: 'field' }, 'Time (UTC)', h('input', { name: 'time', type: 'datetime-local', step: '1' })),
      h('button', { type: 'submit', class: 'primary', disabled: steps.length === 0 }, 'Show rows'),
      outcome(answer)),
    answer.value ? [
      h('p', { class: 'muted', role: 'status' }, `Snapshot ${answer.value.snapshot} of ${instant(answer.value.at)} UTC: ${answer.value.rows.length}${answer.value.more ? ' of more' : ''} rows.`),
      answer.value.rows.length ? grid('Rows', answer.value.columns, answer.value.rows) : null] : null);
}

function columns({ columns: all }) {
  return h('details', {}, h('summary', {}, `${all.length} columns`),
    h('div', { class: 'scroll' }, h('table', { class: 'list narrow' },
      h('tbody', {}, all.map(column => h('tr', {}, h('th', { scope: 'row' }, column.name), h('td', { class: 'wide' }, h('code', {}, column.type))))))));
}
