// Who is signed in, and what this server is; it is changed in tandem.yaml, not here.
import {h, replace} from '../dom.js';
import {get, key} from '../api.js';
import {bytes, count, time} from '../format.js';
import {field, heading, trouble, waiting, words} from '../parts.js';
import {pairs} from './runs.js';

export function settings(page) {
  const sign = h('section', {class: 'panel'});
  const server = h('section', {}, waiting());
  page.append(heading('Settings', 'Who you are to this server, and what it is.'), sign, server,
    h('section', {}, h('h2', {}, 'For programs'),
      h('p', {}, 'Everything on this page is also an API: ', h('a', {href: '/openapi.json'}, 'openapi.json'), ' describes it, and clients of OpenAI’s reach it under ',
        h('code', {}, `${location.origin}/v1`), '.'),
      h('p', {}, words('What is configured is changed in the workspace’s `tandem.yaml`; keys are made, listed and ended with `tandem key create`, `tandem key list` and `tandem key revoke`.'))));
  drawSign();
  load();

  function drawSign() {
    const input = h('input', {type: 'password', autocomplete: 'off', spellcheck: 'false', placeholder: 'tdm_…', required: true});
    replace(sign, h('h2', {}, 'Key'), key.get()
      ? [h('p', {}, words('You are signed in with the key that begins with '), h('code', {}, `${key.get().slice(0, 8)}…`), '. This tab forgets it when it is closed.'),
        h('button', {type: 'button', onclick: () => { key.forget(); changed(); }}, 'Sign out')]
      : h('form', {
        onsubmit: event => {
          event.preventDefault();
          key.set(input.value.trim());
          changed();
        },
      },
        h('p', {}, 'Without a key you are who sits at this machine, if the server asks for none.'),
        h('div', {class: 'row'}, field('Key', input, 'It is kept in this tab alone, and sent to this server alone.'), h('button', {class: 'main'}, 'Sign in'))));
  }

  function changed() {
    drawSign();
    load();
  }

  async function load() {
    try {
      const [now, models] = await Promise.all([get('/api/status').catch(error => {
        if (error.status === 401) throw error;
        return undefined;
      }), get('/v1/models')]);
      replace(server, h('h2', {}, 'Server'), pairs({
        ...(now ? {
          Version: now.version, Documents: `${count(now.documents)} in ${count(now.passages)} passages, ${bytes(now.size)}${now.versions_size > 0 ? `, ${bytes(now.versions_size)} in earlier versions` : ''}`,
          'Comes from': now.sources.map(source => (source.exists ? source.path : `${source.path} (is not there)`)).join(', ') || '–', 'Last read': time(now.last_ingest), 'Embedding model': now.embedding || '–',
        } : {}),
        Models: models.data.map(model => model.id).join(', '),
      }));
    } catch (error) {
      replace(server, trouble(error, changed));
    }
  }
}
