// A document's text, open at a quote.
import {h, replace} from './dom.js';
import {get, path} from './api.js';
import {dialog, trouble, waiting} from './parts.js';

/**
 * Opens a document over the page.
 *
 * @param {string} document its path
 * @param {{passage?: string, quote?: string, location?: string, number?: number}} at where, as a citation has it
 */
export function openDocument(document, at = {}) {
  const body = h('div', {class: 'document', tabindex: 0, role: 'region', 'aria-label': 'Text of the document'}, at.quote && quoted(at), waiting());
  dialog(document, body, {wide: true});
  const load = async () => {
    try {
      const content = await get(path('/api/documents/content', {path: document}));
      replace(body, at.location && h('p', {class: 'muted'}, at.location), content.passages.map(piece => passage(piece, at)));
      const target = body.querySelector('mark') ?? body.querySelector('.cited');
      target?.scrollIntoView({block: 'center'});
    } catch (error) {
      // The quote itself is known in any case.
      replace(body, at.quote && quoted(at), trouble(error, load));
    }
  };
  load();
}

function quoted(at) {
  return h('figure', {}, h('blockquote', {}, at.quote), at.location && h('figcaption', {class: 'muted'}, at.location));
}

function passage(piece, at) {
  const cited = piece.id === at.passage;
  return h('section', {class: cited ? 'passage cited' : 'passage'},
    h('p', {class: 'muted where'}, piece.location),
    h('p', {class: 'text'}, cited && at.quote ? marked(piece.text, at.quote) : piece.text));
}

/** The text with the quote marked in it, also where its spaces and line ends differ. */
export function marked(text, quote) {
  const words = quote.trim().split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(words.join('\\s+')).exec(text);
  if (!found) return text;
  const end = found.index + found[0].length;
  return [text.slice(0, found.index), h('mark', {}, found[0]), text.slice(end)];
}
