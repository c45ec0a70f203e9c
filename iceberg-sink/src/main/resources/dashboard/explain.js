// What states mean, why a table is behind, and what can be decided.

import { short, span } from './format.js';

const DECISIONS = {
  'skip-lost-records': ['Skip lost records', 'Goes on where the topic begins now. What the topic has lost, and the table never read, stays missing; reconcile shows the gap as skipped.'],
  'accept-new-source': ['Accept the new topic', 'Goes on with the topic that is there now, from its beginning. The rows of the former topic stay.'],
  'resume-after-rows': ['Resume after its rows', 'Goes on after the last row that the table has of each source, which is read from the rows.'],
  'keep-position': ['Keep the position', 'What the table holds now stands for everything up to where its ledger ended.'],
  'accept-partitions': ['Accept the partitions', 'Goes on with the partitions that there are now: right where each key comes through the partition that it came through before, or is new. Where it does not, drop the table and start over.'],
  'start-over': ['Start over', 'The table that is there now, or is made anew, begins with an empty ledger. What the topic no longer has will not be in it.'],
};

const STATES = {
  SOURCE_TRUNCATED: ['The topic has lost records that this table had not read yet.', ['skip-lost-records']],
  SOURCE_RECREATED: ['The topic is not the one that this table followed: it was deleted and made anew, or the cluster is another one.', ['accept-new-source']],
  LEDGER_LOST: ['It can’t be told which records the table holds: it was rolled back, and the snapshots are gone that said so.', ['resume-after-rows', 'keep-position', 'start-over']],
  TABLE_REPLACED: ['Another table took the place of the one that was written to.', ['keep-position', 'start-over']],
  PARTITIONS_ADDED: ['The topic has got more partitions. The table holds one row for each key, and a key that now comes through another partition would get a second one.', ['accept-partitions']],
  BRANCH_UNUSABLE: ['The branch that firn.branch names can’t be committed to, or the table left another branch before it was published. Publish or drop that branch, or set firn.branch back.', []],
  TABLE_DROPPED: ['The table was dropped. It is not made anew by itself: what was in it may be gone from the topic. If the same table comes back, it goes on.', ['start-over']],
};

/** The decisions that end a state: [{kind, name, effect}]. */
export function decisions(state) {
  return (STATES[state]?.[1] ?? []).map(kind => ({ kind, name: DECISIONS[kind][0], effect: DECISIONS[kind][1] }));
}

export const meaning = state => STATES[state]?.[0] ?? 'It waits for an operator.';

/** One of: bad, warn, ok, idle. */
export function tone(table) {
  if (table.isBlocked) return 'bad';
  if (table.state === 'STALLED') return 'bad';
  if (table.state === 'POSITIONING' || table.state === 'UNASSIGNED' || isBehind(table)) return 'warn';
  return table.rate > 0 || table.open_rows > 0 ? 'ok' : 'idle';
}

function isBehind(table) {
  return table.lag > Math.max(1000, 30 * (table.rate ?? 0));
}

/** In a sentence or two, how a table does, and if it is behind, why. */
export function why(table, now) {
  if (table.isBlocked) return `${table.state}: ${meaning(table.state)}`;
  switch (table.state) {
    case 'STALLED': return 'Waits for the schema registry, which can’t be asked for the schema of the next record. It goes on by itself.';
    case 'POSITIONING': return 'Reads its ledger, to go on where that ends: the catalog or the storage is being asked.';
    case 'UNASSIGNED': return 'No reachable instance of the sink follows its partitions. Start one, or wait for the rebalance to end.';
    default: return following(table, now);
  }
}

function following(table, now) {
  const since = table.committed_at ? now - Date.parse(table.committed_at) : -1;
  if (table.lag < 0) return 'Follows. How far it is behind is not known: Kafka does not say where the topic ends.';
  if (!isBehind(table)) {
    return table.lag === 0 && table.open_rows === 0
      ? 'Has all that its topics hold.'
      : `Follows: ${short(table.lag)} records to read, ${short(table.open_rows)} read and on the way into the table.`;
  }
  if (table.rate > 0) {
    return `Behind by ${short(table.lag)} records. It takes in ${short(Math.round(table.rate))} a second, so it catches up in about ${span(table.lag / table.rate * 1000)} if no more come.`;
  }
  return table.in_flight > 0
    ? `Behind by ${short(table.lag)} records, with ${table.in_flight} commits under way and none done for ${span(since)}: catalog or storage are slow, or down.`
    : `Behind by ${short(table.lag)} records, and nothing was committed for ${span(since)}.`;
}

/** Whether a service was asked and does not answer. */
export function isSilent(service) {
  return service.asked && !service.reachable;
}

/** A service's state, in a word. */
export function standing(service) {
  if (isSilent(service)) return 'UNREACHABLE';
  return service.reachable ? service.status?.state : 'ASKING';
}
