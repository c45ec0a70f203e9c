// What the services said, put together: tables over all sinks, topics with who reads them, how fast each grows.

const WINDOW = 10_000;
const KEPT = 15 * 60_000;
// the worst first
const STATES = ['TABLE_DROPPED', 'TABLE_REPLACED', 'LEDGER_LOST', 'BRANCH_UNUSABLE', 'SOURCE_RECREATED', 'SOURCE_TRUNCATED', 'PARTITIONS_ADDED',
  'STALLED', 'POSITIONING', 'UNASSIGNED', 'FOLLOWING'];

// of a topic's processing, where nothing is wrong
const PASSING = ['RUNNING', 'CREATED', 'REBALANCING', 'PENDING_SHUTDOWN'];

/** Figures over time, as far back as the server keeps them. */
export class Series {
  constructor(history) {
    this.at = history.at;
    this.figures = history.figures;
  }

  add(view) {
    if (view.at <= (this.at.at(-1) ?? 0)) return;
    const length = this.at.push(view.at);
    for (const [name, value] of Object.entries(view.figures)) {
      (this.figures[name] ??= Array(length - 1).fill(null)).push(value);
    }
    for (const column of Object.values(this.figures)) {
      if (column.length < length) column.push(null);
    }
    while (this.at[0] < view.at - KEPT) {
      this.at.shift();
      for (const column of Object.values(this.figures)) column.shift();
    }
  }

  /** How much a figure grows in a second, lately; null if not known. */
  rate(name) {
    return this.#growth(this.figures[name], this.at.length - 1);
  }

  /** [[millis, value], ...] */
  points(name) {
    const column = this.figures[name] ?? [];
    return this.at.map((at, i) => [at, column[i] ?? null]);
  }

  /** The same, of how much it grows in a second. */
  rates(name) {
    const column = this.figures[name];
    return this.at.map((at, i) => [at, this.#growth(column, i)]);
  }

  #growth(column, end) {
    if (!column || column[end] === null || column[end] === undefined) return null;
    let begin = end;
    while (begin > 0 && this.at[end] - this.at[begin] < WINDOW && column[begin - 1] !== null) begin--;
    const seconds = (this.at[end] - this.at[begin]) / 1000;
    return seconds > 0 ? Math.max(0, column[end] - column[begin]) / seconds : null;
  }
}

/** The services, tables and topics of one view. */
export function model(view, series) {
  const services = view.services;
  const of = role => services.filter(service => service.role === role);
  const tables = mergedTables(of('sink'), series);
  const processors = of('processor');
  const inputs = {};
  for (const processor of processors) {
    for (const [topic, lag] of Object.entries(processor.status?.lag_by_topic ?? {})) {
      inputs[topic] = (inputs[topic] ?? 0) + lag;
    }
  }
  return {
    at: view.at,
    services,
    generators: of('generator'),
    processors,
    sinks: of('sink'),
    tables,
    inputs,
    lanes: lanes(tables, inputs, processors),
    refused: refused(processors),
    totals: totals(services, tables, series),
  };
}

function mergedTables(sinks, series) {
  const merged = new Map();
  for (const sink of sinks) {
    for (const table of sink.status?.tables ?? []) {
      const before = merged.get(table.table);
      merged.set(table.table, before ? both(before, table) : { ...table, name: table.table });
    }
  }
  const all = [...merged.values()].sort((one, other) => layer(one) - layer(other) || one.name.localeCompare(other.name));
  for (const table of all) {
    table.rate = series.rate(`${table.name}/held`);
    table.isBlocked = Object.keys(table.blocked ?? {}).length > 0;
    table.topics = Object.keys(table.ledger ?? {});
    // before the first commit there is but the rule by which tables are named
    if (table.topics.length === 0) table.topics = [table.name.replace(/^bronze\./, 'raw.')];
  }
  return all;
}

/** As records go: what is in none of these is before the last. */
function layer({ name }) {
  const at = ['bronze', 'silver', 'gold', null, 'ops'].indexOf(name.split('.')[0]);
  return at < 0 ? 3 : at;
}

function both(one, other) {
  const sum = (a, b) => a < 0 || b < 0 ? Math.max(a, b) : a + b;
  const worst = STATES.find(state => state === one.state || state === other.state);
  const newer = (one.committed_at ?? '') >= (other.committed_at ?? '') ? one : other;
  return {
    ...newer,
    name: one.name,
    state: worst === 'UNASSIGNED' ? [one, other].find(each => each.state !== worst)?.state ?? worst : worst,
    blocked: { ...one.blocked, ...other.blocked },
    lag: sum(one.lag, other.lag),
    lag_by_topic: sums(one.lag_by_topic, other.lag_by_topic),
    open_rows: one.open_rows + other.open_rows,
    in_flight: one.in_flight + other.in_flight,
    commit_millis: Math.max(one.commit_millis, other.commit_millis),
    freshness_p50_millis: Math.max(one.freshness_p50_millis, other.freshness_p50_millis),
    freshness_p99_millis: Math.max(one.freshness_p99_millis, other.freshness_p99_millis),
  };
}

function sums(one = {}, other = {}) {
  const all = { ...one };
  for (const [name, value] of Object.entries(other)) all[name] = (all[name] ?? 0) + value;
  return all;
}

/** Whether records come back through it from quarantine: no lane of its own, but one more source of a table. */
const isRetry = topic => topic.startsWith('firn-sink.retry.');

/** One for each topic and table that it goes to. */
function lanes(tables, inputs, processors) {
  const all = tables.flatMap(table => table.topics.filter(topic => !isRetry(topic))
    .map(topic => ({ topic, table, retries: retries(topic, table, inputs) })));
  const isInput = ({ topic }) => processors.length === 0 || topic in inputs || topic.startsWith('raw.');
  return { inputs: all.filter(isInput), outputs: all.filter(lane => !isInput(lane)) };
}

/** Through which records come back from quarantine: to the processor, or to the table alone. */
function retries(topic, table, inputs) {
  const processors = `firn-processor.retry.${topic}`;
  return [
    ...processors in inputs ? [{ topic: processors, to: 'processor', lag: inputs[processors] }] : [],
    ...Object.entries(table.lag_by_topic ?? {}).filter(([source]) => isRetry(source)).map(([source, lag]) => ({ topic: source, to: 'table', lag })),
  ];
}

function refused(processors) {
  return processors.flatMap(processor => Object.entries(processor.status?.contract_topics ?? {}))
    .filter(([, state]) => !PASSING.includes(state))
    .map(([topic, state]) => ({ topic, state }));
}

function totals(services, tables, series) {
  const answering = services.filter(service => service.reachable);
  const memory = answering.reduce((sum, service) => sum + Math.max(0, service.memory), 0);
  const held = tables.reduce((sum, table) => sum + (table.rate ?? 0), 0);
  const events = series.rate('events') ?? held;
  const fresh = tables.filter(table => table.freshness_p99_millis > 0).map(table => table.freshness_p99_millis);
  return {
    events,
    held,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    lag: tables.reduce((sum, table) => sum + Math.max(0, table.lag), 0),
    freshness: fresh.length ? Math.max(...fresh) : -1,
    memory,
    memoryPerHundred: events > 0 ? memory / (events / 100) : -1,
    avro: tables.reduce((sum, table) => sum + table.avro_bytes, 0),
    bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
  };
}
