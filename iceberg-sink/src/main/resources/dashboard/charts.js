// Charts, drawn by Chart.js: lines over time, and columns of numbers. A chart's element says what it shows in its data; what it shows is said in words, too.

import { h } from './dom.js';
import { bytes, clock, rate, short, span } from './format.js';

const UNITS = { rate, count: short, span, bytes };
const drawn = new WeakMap();
const data = new Map();

/** A chart of [[millis, value], ...]; {@link draw} paints it once it is in the page. */
export function chart(title, unit, points) {
  const shown = points.filter(([, value]) => value !== null);
  data.set(title, { unit, points });
  const last = shown.at(-1)?.[1];
  const most = shown.length ? Math.max(...shown.map(([, value]) => value)) : null;
  const words = shown.length ? `now ${UNITS[unit](last)}, at most ${UNITS[unit](most)}` : 'nothing yet';
  return h('figure', { class: 'chart', 'data-key': title },
    h('figcaption', {}, h('span', {}, title), h('span', { class: 'fine' }, words)),
    h('div', { class: 'canvas', 'data-keep': '', 'data-chart': title }));
}

/** A chart of columns of numbers, {name, values}, over their labels. What it shows is in a table, too. */
export function columnsChart(title, shape, labels, series) {
  data.set(title, { shape, labels, series });
  return h('figure', { class: 'chart wide', 'data-key': title },
    h('figcaption', {}, h('span', {}, series.map(({ name }) => name).join(', '))),
    h('div', { class: 'canvas', 'data-keep': '', 'data-chart': title }));
}

/** Paints the charts that are in the page. */
export function draw() {
  for (const place of document.querySelectorAll('[data-chart]')) {
    const wanted = data.get(place.dataset.chart) ?? { unit: 'count', points: [] };
    if (wanted.series) {
      drawColumns(place, wanted);
      continue;
    }
    const { unit, points } = wanted;
    const values = points.map(([x, y]) => ({ x, y }));
    let chart = drawn.get(place);
    if (!chart) {
      const canvas = place.appendChild(h('canvas', { 'aria-hidden': 'true' }));
      chart = new Chart(canvas, settings(unit));
      drawn.set(place, chart);
    }
    chart.data.datasets[0].data = values;
    chart.options.scales.x.min = points.length ? Math.min(points[0][0], points.at(-1)[0] - 15 * 60_000) : undefined;
    chart.options.scales.x.max = points.at(-1)?.[0];
    chart.update('none');
  }
}

/** Anew where it shows something else than it did. */
function drawColumns(place, wanted) {
  const before = drawn.get(place);
  const said = JSON.stringify(wanted);
  if (before?.said === said) return;
  before?.destroy();
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  place.replaceChildren(canvas);
  const chart = new Chart(canvas, columns(wanted));
  chart.said = said;
  drawn.set(place, chart);
}

/** Forgets what is drawn, for other colours. */
export function redraw() {
  for (const place of document.querySelectorAll('[data-chart]')) {
    drawn.get(place)?.destroy();
    drawn.delete(place);
    place.replaceChildren();
  }
  draw();
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const small = () => ({ color: colour('--muted'), font: { family: 'system-ui, sans-serif', size: 11 } });

function columns({ shape, labels, series }) {
  const colours = ['--accent', '--warn', '--ok', '--bad', '--idle', '--ink'].map(colour);
  return {
    type: shape,
    data: { labels, datasets: series.map(({ name, values }, i) => ({ label: name, data: values, backgroundColor: colours[i], borderColor: colours[i],
      borderWidth: shape === 'line' ? 1.6 : 0, pointRadius: values.length > 50 ? 0 : 2 })) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: series.length > 1, labels: { ...small(), boxWidth: 10 } } },
      scales: {
        x: { grid: { display: false }, border: { color: colour('--line') }, ticks: { ...small(), maxRotation: 40 } },
        y: { beginAtZero: shape === 'bar', grid: { color: colour('--line') }, border: { display: false }, ticks: small() },
      },
    },
  };
}

function settings(unit) {
  const text = small();
  return {
    type: 'line',
    data: { datasets: [{ data: [], borderColor: colour('--accent'), backgroundColor: colour('--glow'), fill: true,
      borderWidth: 1.6, pointRadius: 0, pointHitRadius: 12, tension: 0.25, spanGaps: false }] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      plugins: { legend: { display: false }, tooltip: { displayColors: false, callbacks: {
        title: items => clock(items[0].parsed.x), label: item => UNITS[unit](item.parsed.y) } } },
      scales: {
        x: { type: 'linear', grid: { display: false }, border: { color: colour('--line') },
          ticks: { ...text, maxTicksLimit: 4, maxRotation: 0, callback: value => clock(value).slice(0, 5) } },
        y: { beginAtZero: true, grid: { color: colour('--line') }, border: { display: false },
          ticks: { ...text, maxTicksLimit: 5, callback: value => UNITS[unit](value) } },
      },
    },
  };
}
