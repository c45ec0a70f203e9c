// Follows the server's events, and shows the section that the address names.

import { draw, redraw } from './charts.js';
import { decide } from './decide.js';
import { close, signIn } from './dialog.js';
import { fill, h } from './dom.js';
import { isSilent, tone } from './explain.js';
import { drawArrows, flow } from './flow.js';
import { clock } from './format.js';
import { events, get, remove } from './server.js';
import { quarantine } from './quarantine.js';
import { replayFound, replayOne } from './replay.js';
import { sql } from './sql.js';
import { Series, model } from './state.js';
import { Store } from './store.js';
import { table, tables } from './tables.js';
import { topic, topics } from './topics.js';

const SECTIONS = [
  { path: 'flow', name: 'Flow', show: flow },
  { path: 'tables', name: 'Tables', show: (state, name) => name ? table(state, name) : tables(state) },
  { path: 'topics', name: 'Topics', show: (state, name) => name ? topic(state, name) : topics(state) },
  { path: 'quarantine', name: 'Quarantine', show: quarantine },
  { path: 'sql', name: 'SQL', show: sql },
];

const main = document.getElementById('main');
const state = { series: new Series({ at: [], figures: {} }), model: null, store: new Store(() => show()), chosen: {} };
let paused = false;
let heard = '';

function route() {
  const [path, name] = location.hash.replace(/^#\//, '').split('/');
  const section = SECTIONS.find(each => each.path === path) ?? SECTIONS[0];
  return { section, name: name ? decodeURIComponent(name) : null };
}

function show() {
  if (!state.model) return;
  const { section, name } = route();
  fill(main, ...[section.show(state, name)].flat());
  draw();
  drawArrows();
}

function navigate() {
  const { section, name } = route();
  fill(document.getElementById('sections'), SECTIONS.map(each => h('li', {},
    h('a', { href: `#/${each.path}`, 'aria-current': each === section ? 'page' : null }, each.name))));
  document.title = `${name ?? section.name} – Firn`;
  main.replaceChildren();
  show();
  scrollTo(0, 0);
}

function take(view) {
  state.series.add(view);
  if (paused) return;
  state.model = model(view, state.series);
  document.getElementById('connection').textContent = `as of ${clock(view.at)}`;
  show();
  speak();
}

function wanted(table, { what, snapshot, time }) {
  return what === 'time' ? { table, time } : { table, snapshot, added: what === 'added' };
}

/** Says to those who don't see it what has changed for better or worse, and nothing else. */
function speak() {
  const { tables, services } = state.model;
  const bad = [
    ...tables.filter(each => tone(each) === 'bad').map(each => `${each.name} ${each.state}`),
    ...services.filter(isSilent).map(each => `${each.role} unreachable`)];
  const words = bad.length ? `Needs attention: ${bad.join(', ')}` : 'All is well';
  if (words !== heard) {
    if (heard || bad.length) document.getElementById('spoken').textContent = words;
    heard = words;
  }
}

function example(text) {
  const box = document.querySelector('textarea[name=sql]');
  box.value = text;
  box.focus();
}

const pause = milliseconds => new Promise(done => { setTimeout(done, milliseconds); });

async function follow() {
  for (;;) {
    try {
      state.series = new Series(await get('history'));
      for await (const event of events('live')) take(JSON.parse(event));
    } catch (failure) {
      if (failure.status === 401 || failure.status === 403) await signIn();
    }
    document.getElementById('connection').textContent = 'no connection to the sink, trying again';
    await pause(1_000);
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-action]');
  if (button?.dataset.action === 'close') close();
  if (button?.dataset.action === 'record') state.store.ask('record', 'quarantine/record', JSON.parse(button.dataset.record));
  if (button?.dataset.action === 'replay-found') replayFound(JSON.parse(button.dataset.asked), button.dataset.number);
  if (button?.dataset.action === 'replay') replayOne(JSON.parse(button.dataset.record));
  if (button?.dataset.action === 'example') example(button.dataset.sql);
  if (button?.dataset.action === 'stop-sql') remove(`query/${state.chosen.query}`).catch(() => {});
  if (button?.dataset.action === 'decide') decide(state.model.tables.find(each => each.name === button.dataset.table));
});
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.dataset.form) return;
  event.preventDefault();
  const { token, ...asked } = Object.fromEntries(new FormData(form));
  const { store } = state;
  switch (form.dataset.form) {
    case 'search':
      state.chosen.asked = { words: asked.words, hours: Number(asked.hours) };
      return store.ask('search', 'quarantine/search', state.chosen.asked, token);
    case 'sql':
      state.chosen.query = crypto.randomUUID();
      return store.ask('sql', 'query', { id: state.chosen.query, sql: asked.sql }, token);
    default: return store.ask(`rows ${form.dataset.table}`, 'rows', wanted(form.dataset.table, asked), token);
  }
});
document.addEventListener('change', event => {
  const choice = event.target.dataset.choice;
  if (choice) {
    state.chosen[choice] = event.target.value;
    show();
  }
});
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.name === 'sql') event.target.form.requestSubmit();
});
document.getElementById('pause').addEventListener('click', event => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', String(paused));
  event.target.textContent = paused ? 'Go on' : 'Pause';
});
addEventListener('hashchange', () => {
  navigate();
  main.focus({ preventScroll: true });
});
addEventListener('resize', drawArrows);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

navigate();
follow();
