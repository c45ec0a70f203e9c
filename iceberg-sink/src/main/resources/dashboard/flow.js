// The flow as a picture: from generator to tables, rates and lag on the arrows, what is blocked in red.

import { h } from './dom.js';
import { bytes, rate, ratio, short, span } from './format.js';
import { isSilent, meaning, standing, tone, why } from './explain.js';

export function flow(state) {
  const { model } = state;
  return [
    h('h1', { class: 'unseen' }, 'Flow'),
    attention(model),
    figures(model),
    picture(model, state),
  ];
}

/** What needs somebody, first. */
function attention(model) {
  const blocked = model.tables.filter(table => table.isBlocked);
  const silent = model.services.filter(isSilent);
  if (!blocked.length && !silent.length && !model.refused.length) return null;
  return h('section', { class: 'attention', 'aria-label': 'Needs attention' },
    blocked.map(table => h('article', { class: 'notice bad', 'data-key': `blocked ${table.name}` },
      h('div', {},
        h('h2', {}, h('span', { class: 'state' }, table.state), ' ', table.name, ' has stopped'),
        h('p', {}, meaning(table.state)),
        Object.entries(table.blocked).map(([source, why]) => h('p', { class: 'fine' }, `${source}: ${why}`))),
      h('button', { type: 'button', class: 'primary', 'data-action': 'decide', 'data-table': table.name }, 'Decide …'))),
    silent.map(service => h('article', { class: 'notice warn', 'data-key': `silent ${service.address}` },
      h('div', {},
        h('h2', {}, `The ${service.role} at ${service.address} ${service.failure}`),
        h('p', {}, service.at ? 'What is shown of it is what it said last.' : 'It has said nothing yet.')))),
    model.refused.map(({ topic, state }) => h('article', { class: 'notice warn', 'data-key': `refused ${topic}` },
      h('div', {},
        h('h2', {}, `The processor does not take ${topic}`),
        h('p', {}, state)))));
}

function figures({ totals, tables }) {
  const figure = (name, value, note) => h('div', { class: 'figure' },
    h('dt', {}, name), h('dd', {}, value), note ? h('dd', { class: 'fine' }, note) : null);
  return h('dl', { class: 'figures', 'aria-label': 'Key figures' },
    figure('Events', rate(totals.events), 'produced'),
    figure('Into tables', rate(totals.held), `${short(totals.rows)} rows in ${tables.length} tables`),
    figure('Not read yet', short(totals.lag), 'records, by the sink'),
    figure('Freshness', span(totals.freshness), 'slowest table, p99'),
    figure('Compression', ratio(totals.avro / totals.bytes), `${bytes(totals.avro)} of Avro`),
    figure('Memory', bytes(totals.memory), totals.memoryPerHundred > 0 ? `${bytes(totals.memoryPerHundred)} per 100 events/s` : 'of all services'));
}

function picture(model, state) {
  const { inputs, outputs } = model.lanes;
  const between = inputs.length + 2;
  const wide = { processors: model.processors.length > 0, generators: model.generators.length > 0 };
  return h('section', { class: 'picture', 'aria-label': 'Flow of data' },
    h('svg', { class: 'arrows', 'aria-hidden': 'true', 'data-keep': '', id: 'arrows' }),
    model.generators.map((service, i) => generator(service, state, rows(1, inputs.length, i, model.generators.length))),
    inputs.length ? h('ul', { class: 'lanes', 'aria-label': 'Topics as they came, and their tables' },
      inputs.map((lane, i) => row(lane, model, state, i + 1, 'input'))) : null,
    model.processors.map((service, i) =>
      processor(service, state, rows(between, Math.max(1, outputs.length), i, model.processors.length))),
    outputs.length ? h('ul', { class: 'lanes', 'aria-label': 'Topics that were made of them, and their tables' },
      outputs.map((lane, i) => row(lane, model, state, i + between, 'output'))) : null,
    !wide.processors && !inputs.length ? h('p', { class: 'muted' }, 'No tables yet: they are made on their first record.') : null);
}

function rows(first, count, i, of) {
  const size = Math.max(1, Math.floor(Math.max(count, of) / of));
  return { 'grid-row': `${first + i * size} / span ${size}` };
}

function generator(service, state, style) {
  const status = service.status ?? {};
  return h('article', { class: `node source ${isSilent(service) ? 'silent' : ''}`, style, 'data-node': 'generator', 'data-key': service.address },
    h('h2', {}, 'Generator'),
    h('p', { class: 'state' }, standing(service)),
    h('p', {}, rate(state.series.rate('events'))),
    h('p', { class: 'fine' }, `${short(status.acknowledged)} events in Kafka`),
    status.simulated_time ? h('p', { class: 'fine' }, status.simulated_time.slice(0, 16).replace('T', ' ')) : null);
}

function processor(service, state, style) {
  const status = service.status ?? {};
  const restoring = Object.keys(status.restoring ?? {}).length;
  return h('article', { class: `node middle ${isSilent(service) ? 'silent' : ''}`, style, 'data-node': 'processor', 'data-key': service.address },
    h('h2', {}, 'Processor'),
    h('p', { class: 'state' }, standing(service)),
    h('p', {}, rate(state.series.rate('processed'))),
    h('p', { class: 'fine' }, `${short(status.lag)} records behind`),
    h('p', { class: 'fine' }, `${short(status.waiting_references)} wait for references`),
    restoring ? h('p', { class: 'fine' }, `${restoring} stores are restored`) : null);
}

function row({ topic, table, retries }, model, state, at, side) {
  const look = tone(table);
  const style = { 'grid-row': String(at) };
  return h('li', { class: 'lane', 'data-key': `${topic} ${table.name}` },
    h('a', { class: `node topic ${side}`, style, href: `#/topics/${encodeURIComponent(topic)}`, 'data-topic': topic,
      'data-read': topic in model.inputs, 'data-behind': (model.inputs[topic] ?? 0) > 1000 }, topic),
    h('span', { class: `load ${look}`, style },
      h('span', { class: 'now' },
        h('span', {}, rate(table.rate)),
        h('span', { class: table.lag > 0 ? '' : 'muted' }, `${short(table.lag)} behind`)),
      retries.map(retry => h('span', { class: retry.lag > 0 ? '' : 'muted', title: retry.topic, 'data-retry': retry.topic },
        `retry to ${retry.to}: ${short(retry.lag)} behind`, h('span', { class: 'unseen' }, ` of ${retry.topic}`)))),
    h('a', { class: `node table ${look}`, style, href: `#/tables/${encodeURIComponent(table.name)}`, title: why(table, model.at),
      'data-table-of': topic, 'data-look': look, 'data-rate': Math.round(table.rate ?? 0) },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('span', { class: 'name' }, table.name),
      table.isBlocked || table.state === 'STALLED'
        ? h('span', { class: 'state' }, table.state)
        : h('span', { class: 'fine' }, `${short(table.rows)} rows`),
      h('span', { class: 'unseen' }, why(table, model.at))));
}

/** Draws the arrows between what is there; to be called again whenever that moves. */
export function drawArrows() {
  const svg = document.getElementById('arrows');
  if (!svg) return;
  const field = svg.parentElement.getBoundingClientRect();
  svg.setAttribute('viewBox', `0 0 ${field.width} ${field.height}`);
  const paths = arrows(field);
  while (svg.childNodes.length > paths.length) svg.lastChild.remove();
  paths.forEach(([from, to, look], i) => {
    const path = svg.childNodes[i] ?? svg.appendChild(h('path'));
    const middle = (from.x + to.x) / 2;
    const d = `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    if (path.getAttribute('d') !== d) path.setAttribute('d', d);
    if (path.getAttribute('class') !== look) path.setAttribute('class', look);
  });
}

function arrows(field) {
  const all = selector => [...document.querySelectorAll(`.picture ${selector}`)].filter(each => each.offsetParent);
  const box = element => element.getBoundingClientRect();
  const right = element => ({ x: box(element).right - field.left, y: (box(element).top + box(element).bottom) / 2 - field.top });
  const left = element => ({ x: box(element).left - field.left, y: (box(element).top + box(element).bottom) / 2 - field.top });
  const topics = new Map(all('.topic').map(element => [element.dataset.topic, element]));
  const paths = [];
  for (const element of topics.values()) {
    const from = all(element.classList.contains('input') ? '[data-node=generator]' : '[data-node=processor]');
    from.forEach(source => paths.push([right(source), left(element), 'made']));
    if (element.dataset.read === '' && element.classList.contains('input')) {
      all('[data-node=processor]').forEach(reader =>
        paths.push([right(element), left(reader), element.dataset.behind === '' ? 'read warn' : 'read']));
    }
  }
  for (const table of all('.table')) {
    const topic = topics.get(table.dataset.tableOf);
    const flows = Number(table.dataset.rate) > 0 ? 'flowing' : '';
    if (topic) paths.push([right(topic), left(table), `held ${table.dataset.look} ${flows}`]);
  }
  return paths;
}

