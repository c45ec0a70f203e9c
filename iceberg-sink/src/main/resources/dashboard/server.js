// Asks the server. What changes something, or shows what records hold, needs the token where the server asks for it.

const TOKEN = 'firn.token';

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const keepToken = token => sessionStorage.setItem(TOKEN, token);

export async function get(path) {
  return read(await fetch(path));
}

export async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  return read(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read(response) {
  if (response.ok) return response.json();
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
