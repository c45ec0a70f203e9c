// Asks the server, with the token that it was given where the server asks for one.

const TOKEN = 'firn.token';

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const keepToken = token => sessionStorage.setItem(TOKEN, token);

export async function get(path) {
  return read(await fetch(path, { headers: shown() }));
}

export async function post(path, body) {
  const headers = { 'Content-Type': 'application/json', ...shown() };
  return read(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

export async function remove(path) {
  return read(await fetch(path, { method: 'DELETE', headers: shown() }));
}

/** The server's events, as they come, until the connection ends. EventSource can't show a token. */
export async function* events(path) {
  const response = await fetch(path, { headers: { Accept: 'text/event-stream', ...shown() } });
  if (!response.ok) await read(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (text + part.value).split('\n\n');
    text = whole.pop();
    for (const event of whole) yield data(event);
  }
}

const data = event => event.split('\n')
  .filter(line => line.startsWith('data:'))
  .map(line => line.slice('data:'.length).trimStart())
  .join('\n');

function shown() {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function read(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  const text = await response.text();
  throw new Refused(response.status, message(text) ?? `The server answers ${response.status}.`);
}

function message(text) {
  try {
    const body = JSON.parse(text);
    return body._embedded?.errors?.[0]?.message ?? body.message;
  } catch {
    return null;
  }
}
