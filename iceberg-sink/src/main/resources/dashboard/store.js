// What was asked of the server, beside what it tells by itself.

import { get, keepToken, post } from './server.js';

export class Store {
  #entries = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  /** What a path says, {value, failure}; asked now if it is older than this many milliseconds. */
  at(path, age = 15_000) {
    const entry = this.#entry(path);
    if (!entry.asking && Date.now() - entry.asked > age) this.#ask(entry, () => get(path));
    return entry;
  }

  /** What was answered last to a question that the reader asks by a form; nothing before. */
  answer(name) {
    return this.#entry(name);
  }

  /** Asks such a question. */
  ask(name, path, body, token) {
    if (token) keepToken(token);
    this.#ask(this.#entry(name), () => post(path, body));
  }

  #entry(name) {
    if (!this.#entries.has(name)) this.#entries.set(name, { asked: 0, asking: false, value: null, failure: null });
    return this.#entries.get(name);
  }

  async #ask(entry, question) {
    Object.assign(entry, { asking: true, asked: Date.now() });
    this.#changed();
    try {
      Object.assign(entry, { value: await question(), failure: null });
    } catch (failure) {
      entry.failure = failure;
    }
    entry.asking = false;
    this.#changed();
  }
}
