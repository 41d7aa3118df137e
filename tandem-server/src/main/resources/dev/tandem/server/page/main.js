// The page's frame: which part of it is shown, where the server is gone, and who is signed in.
import {h, replace} from './dom.js';
import {connection} from './api.js';
import {trouble} from './parts.js';
import {ask} from './pages/ask.js';
import {compare} from './pages/compare.js';
import {documents} from './pages/documents.js';
import {monitoring} from './pages/monitoring.js';
import {runs} from './pages/runs.js';
import {settings} from './pages/settings.js';
import {testset} from './pages/testset.js';
import {training} from './pages/training.js';

const PAGES = {ask, documents, testset, runs, compare, training, monitoring, settings};
const TITLES = {testset: 'Test set'};

const main = document.getElementById('main');
let leave = () => {};
let first = true;

/** Shows what the address says: #/name/more. */
function show() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const chosen = PAGES[name] ? name : 'ask';
  leave();
  leave = () => {};
  const page = h('div', {class: `page ${chosen}`});
  replace(main, page);
  try {
    leave = PAGES[chosen](page, rest) ?? leave;
  } catch (error) {
    replace(page, trouble(error, show));
    throw error;
  } finally {
    const title = TITLES[chosen] ?? chosen[0].toUpperCase() + chosen.slice(1);
    document.title = `${title} · Tandem`;
    document.querySelectorAll('nav a').forEach(link => {
      if (link.hash === `#/${chosen}`) {
        link.setAttribute('aria-current', 'page');
        link.scrollIntoView({block: 'nearest', inline: 'center'});
      } else link.removeAttribute('aria-current');
    });
    // Whoever came by a link is told where he is; whoever has just opened the page begins at its top.
    if (!first) page.querySelector('h1')?.focus({preventScroll: true});
    window.scrollTo(0, 0);
    first = false;
  }
}

const gone = document.getElementById('gone');
connection.addEventListener('change', () => {
  replace(gone, connection.here
    ? h('p', {class: 'good'}, 'The server is back.', ' ', h('button', {type: 'button', class: 'quiet', onclick: () => replace(gone)}, 'Dismiss'))
    : h('p', {class: 'bad'}, 'The server does not answer. If it was stopped, start it again with ', h('code', {}, 'tandem serve'),
      '; this page notices by itself. What you have typed stays.'));
});

window.addEventListener('hashchange', show);
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
show();
