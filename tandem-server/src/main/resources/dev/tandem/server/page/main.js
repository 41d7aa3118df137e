// The page's frame: which part of it is shown, where the server is gone, and who is signed in.
import {h, replace} from './dom.js';
import {connection} from './api.js';
import {trouble} from './parts.js';

/** Each is loaded when it is first shown. */
const PAGES = {
  ask: () => import('./pages/ask.js'),
  documents: () => import('./pages/documents.js'),
  testset: () => import('./pages/testset.js'),
  runs: () => import('./pages/runs.js'),
  compare: () => import('./pages/compare.js'),
  training: () => import('./pages/training.js'),
  monitoring: () => import('./pages/monitoring.js'),
  settings: () => import('./pages/settings.js'),
};
const TITLES = {testset: 'Test set'};

const main = document.getElementById('main');
let leave = () => {};
let first = true;
let shown = 0;

/** Shows what the address says: #/name/more. */
async function show() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decoded);
  const chosen = Object.hasOwn(PAGES, name) ? name : 'ask';
  const mine = ++shown;
  const page = h('div', {class: `page ${chosen}`});
  let pages;
  try {
    pages = await PAGES[chosen]();
  } catch {
    // The server is gone, or a newer one has come, which no longer has these files.
    pages = {[chosen]: () => { page.append(trouble(new Error('This page cannot be loaded: is `tandem serve` running?'), () => location.reload())); }};
  }
  // Whoever has gone on meanwhile is not called back.
  if (mine !== shown) return;
  leave();
  leave = () => {};
  replace(main, page);
  try {
    leave = pages[chosen](page, rest) ?? leave;
  } catch (error) {
    replace(page, trouble(error, show));
    throw error;
  } finally {
    arrived(chosen, page);
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function arrived(chosen, page) {
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
  if (first) fetchTheRest();
  first = false;
}

/** All other modules, once the page can be used: they are there when they are needed, also if the server is gone by then. */
function fetchTheRest() {
  const rest = () => document.querySelectorAll('link[rel="later"]').forEach(link => { link.rel = 'modulepreload'; });
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) requestIdleCallback(rest, {timeout: 2000});
  else setTimeout(rest, 500);
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
