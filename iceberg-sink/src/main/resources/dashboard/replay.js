// Brings records back from quarantine, after a question.

import { ask } from './dialog.js';
import { h } from './dom.js';
import { whole } from './format.js';
import { post } from './server.js';

/** All that were looked for: their number is known up to where a list of them ends. */
export function replayFound(asked, number) {
  replay(`Replay ${number}`, 'quarantine/replay', asked);
}

export function replayOne(place) {
  replay('Replay this record', 'quarantine/record/replay', place);
}

function replay(title, path, body) {
  ask({
    key: title + JSON.stringify(body),
    title,
    content: [
      h('p', {}, 'Each goes back to whoever rejected it, the processor or the sink, and to nobody else: once for ever, however often it is asked.'),
      h('p', {}, 'Replay after what was wrong is right. It is judged by the newest contract; one that fails again is in quarantine again, and says where it came from.'),
    ],
    verb: 'Replay',
    send: () => post(path, body),
    done: said,
  });
}

function said({ sent, before, refused, more }) {
  const all = Object.values(sent).reduce((sum, count) => sum + count, 0);
  return [
    `${whole(all)} sent back.`,
    before ? `${whole(before)} had been before.` : '',
    ...Object.entries(refused).map(([why, count]) => `${whole(count)} left out: ${why}.`),
    more ? 'There are more: ask again.' : '',
  ].filter(Boolean).join(' ');
}
