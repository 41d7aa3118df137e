// What was asked and answered in this tab. Kept in sessionStorage, so that neither a reload nor a server that is gone loses it.

const PLACE = 'tandem.conversation';

/**
 * @typedef {object} Turn
 * @property {'user'|'assistant'} role
 * @property {string} text
 * @property {'whole'|'growing'|'broken'|'stopped'} state of an answer
 */

/** @type {Turn[]} */
export const turns = read();

/** Choices that outlive a question: model, filter, and what is typed but not asked yet. */
export const choices = Object.assign({model: '', filter: '', draft: ''}, readChoices());

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? '{}').turns ?? [];
    // What was on its way when the page was left has broken off.
    return kept.map(turn => (turn.state === 'growing' ? {...turn, state: 'broken', problem: 'The page was left while this was being answered.'} : turn));
  } catch {
    return [];
  }
}

function readChoices() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? '{}').choices;
  } catch {
    return {};
  }
}

export function keep() {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({turns, choices}, (name, value) => (name === 'signIn' ? undefined : value)));
  } catch {
    // Full: the conversation lives on in this page.
  }
}

/** The messages up to an answer, as the API takes them; answers that came to nothing are left out with their questions. */
export function messages(until) {
  const asked = [];
  for (let i = 0; i < until; i++) {
    const turn = turns[i];
    const answer = turns[i + 1];
    if (turn.role === 'user' && i + 1 < until && (answer.state !== 'whole' || !answer.text)) continue;
    if (turn.role === 'assistant' && (turn.state !== 'whole' || !turn.text)) continue;
    asked.push({role: turn.role, content: turn.text});
  }
  return asked;
}
