// Numbers as people read them.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const ONE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const UNKNOWN = '–';

const known = value => value !== null && value !== undefined && !Number.isNaN(value) && value >= 0;

export const whole = value => known(value) ? WHOLE.format(value) : UNKNOWN;

export const short = value => known(value) ? (value < 10000 ? WHOLE.format(value) : SHORT.format(value)) : UNKNOWN;

export const rate = value => known(value) ? (value > 0 && value < 10 ? ONE.format(value) : short(Math.round(value))) + '/s' : UNKNOWN;

export function bytes(value) {
  if (!known(value)) return UNKNOWN;
  let left = value;
  for (const unit of ['B', 'KB', 'MB', 'GB', 'TB']) {
    if (left < 1000 || unit === 'TB') return `${left < 10 && unit !== 'B' ? ONE.format(left) : WHOLE.format(left)} ${unit}`;
    left /= 1000;
  }
  return UNKNOWN;
}

/** Of milliseconds. */
export function span(millis) {
  if (!known(millis)) return UNKNOWN;
  if (millis < 1000) return `${WHOLE.format(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 10) return `${ONE.format(seconds)} s`;
  if (seconds < 120) return `${WHOLE.format(seconds)} s`;
  if (seconds < 7200) return `${WHOLE.format(seconds / 60)} min`;
  return seconds < 172800 ? `${WHOLE.format(seconds / 3600)} h` : `${WHOLE.format(seconds / 86400)} days`;
}

export const percent = value => known(value) ? `${ONE.format(value * 100)} %` : UNKNOWN;

export const ratio = value => known(value) && Number.isFinite(value) ? `${ONE.format(value)} : 1` : UNKNOWN;

export const clock = millis => new Date(millis).toLocaleTimeString('en-GB');

/** ISO, in UTC, to the second: as SQL over the tables shows times. */
export const instant = millis => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');
