// Calls to the server. The key lies in sessionStorage: it ends with the tab, and other tabs do not have it.

const KEY = 'tandem.key';

export const key = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: value => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** Why a call failed, as a sentence. */
export class Problem extends Error {
  /**
   * @param {number} status of the reply; 0 if there was none
   * @param {string?} code for programs, where the server gives one
   */
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the server does not answer at all. */
  get gone() { return this.status === 0; }

  /** Whether the server knows no such way in: it is of a version that lacks it. */
  get missing() { return (this.status === 404 || this.status === 405) && !this.code; }
}

/** Whether the server answers; tells listeners whenever that changes. */
export const connection = new class extends EventTarget {
  here = true;

  lost() {
    if (!this.here) return;
    this.here = false;
    this.dispatchEvent(new Event('change'));
    this.#knock();
  }

  #knock() {
    setTimeout(async () => {
      try {
        await fetch('/health', {cache: 'no-store'});
        this.here = true;
        this.dispatchEvent(new Event('change'));
      } catch {
        this.#knock();
      }
    }, 1500);
  }
}();

function headers(more) {
  const held = key.get();
  return {...(held ? {Authorization: `Bearer ${held}`} : {}), ...more};
}

async function send(method, path, body, signal) {
  try {
    return await fetch(path, {
      method,
      signal,
      headers: headers(body === undefined ? {} : {'Content-Type': 'application/json'}),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    connection.lost();
    throw new Problem('The server does not answer. If it was stopped, start it again with `tandem serve`.', 0);
  }
}

function problem(status, text, wait) {
  let error;
  try {
    error = JSON.parse(text).error;
  } catch {
    // Not the server's own words: something between it and this page has answered.
  }
  const message = error?.message ?? `Something answered with status ${status} in the server's place.`;
  return new Problem(wait ? `${message} (Again in ${wait} s.)` : message, status, error?.code);
}

async function failed(reply) {
  return problem(reply.status, await reply.text(), reply.headers.get('Retry-After'));
}

/** A path with parameters; those without a value are left out. */
export function path(base, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined));
  return query.size ? `${base}?${query}` : base;
}

/** Calls, and gives what comes back from JSON. @throws {Problem} if it did not succeed */
export async function call(method, where, body, signal) {
  const reply = await send(method, where, body, signal);
  if (!reply.ok) throw await failed(reply);
  return reply.status === 204 ? undefined : reply.json();
}

export const get = (where, signal) => call('GET', where, undefined, signal);
export const post = (where, body = {}) => call('POST', where, body);

/** Gives a text. */
export async function getText(where) {
  const reply = await send('GET', where);
  if (!reply.ok) throw await failed(reply);
  return reply.text();
}

/** Gives a file. */
export async function getBlob(where) {
  const reply = await send('GET', where);
  if (!reply.ok) throw await failed(reply);
  return reply.blob();
}

/**
 * Server-sent events, parsed, one after the other; EventSource can neither POST nor send a key.
 *
 * @throws {Problem} if they cannot be had, break off, or tell of an error
 */
export async function* events(method, where, body, signal) {
  const reply = await send(method, where, body, signal);
  if (!reply.ok) throw await failed(reply);
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (true) {
    let piece;
    try {
      piece = await reader.read();
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      connection.lost();
      throw new Problem('The connection broke off.', 0);
    }
    if (piece.done) return;
    const blocks = (rest + piece.value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
      if (!data) continue;
      if (data === '[DONE]') {
        yield data;
        return;
      }
      const event = JSON.parse(data);
      if (event.error?.message && !event.choices) throw new Problem(event.error.message, 500, event.error.code);
      yield event;
    }
  }
}

/** Uploads a form and tells how far it is, from 0 to 1; fetch cannot. */
export function upload(where, form, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', where);
    Object.entries(headers()).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => request.status < 300
      ? resolve(JSON.parse(request.responseText))
      : reject(problem(request.status, request.responseText, request.getResponseHeader('Retry-After')));
    // A server that refuses a body closes the connection before it has read all, which looks like one that is gone.
    request.onerror = () => reject(new Problem(
      'The server broke off the upload: it is too large (serve.max_upload in tandem.yaml), or the server was stopped.', 0));
    request.onabort = () => reject(new DOMException('Stopped.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
