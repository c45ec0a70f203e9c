// Lines over time, drawn by Chart.js. A chart's element says what it shows in its data; what it shows is said in words, too.

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

/** Paints the charts that are in the page. */
export function draw() {
  for (const place of document.querySelectorAll('[data-chart]')) {
    const { unit, points } = data.get(place.dataset.chart) ?? { unit: 'count', points: [] };
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

function settings(unit) {
  const text = { color: colour('--muted'), font: { family: 'system-ui, sans-serif', size: 11 } };
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
