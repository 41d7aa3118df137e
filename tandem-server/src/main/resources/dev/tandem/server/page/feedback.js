// Thumbs, reasons and a correction for an answer.
import {h, replace} from './dom.js';
import {post} from './api.js';
import {field, icon, toast, trouble} from './parts.js';
import {keep} from './conversation.js';

const REASONS = ['wrong', 'incomplete', 'outdated', 'wrong source', 'should have been declined', 'should have been answered'];

/** The controls; what is typed stays until it has been sent. */
export function feedback(turn) {
  const form = h('div', {});
  const thumbs = h('div', {class: 'thumbs', role: 'group', 'aria-label': 'Was this answer right?'});
  const draw = () => replace(thumbs,
    thumb('up', 'Right', () => send({rating: 'up'})),
    thumb('down', 'Not right', () => {
      replace(form, form.childElementCount ? [] : correction(turn, send, () => replace(form)));
      form.querySelector('input')?.focus();
    }));
  const thumb = (rating, label, act) => h('button', {
    type: 'button', class: 'quiet', onclick: act, 'aria-label': label, title: label, 'aria-pressed': String(turn.rating === rating),
  }, icon(rating));
  const send = async given => {
    try {
      await post('/api/feedback', {answer_id: turn.id, ...given});
      turn.rating = given.rating;
      turn.correction = undefined;
      keep();
      replace(form);
      draw();
      toast('Thank you: it is kept for the test set and for training.');
    } catch (error) {
      form.querySelector('.notice')?.remove();
      form.append(trouble(error));
    }
  };
  draw();
  return {thumbs, form};
}

function correction(turn, send, close) {
  const boxes = REASONS.map(reason => h('input', {type: 'checkbox', value: reason}));
  const text = h('textarea', {
    rows: 3,
    value: turn.correction ?? '',
    oninput: () => {
      turn.correction = text.value;
      keep();
    },
  });
  return h('form', {
    class: 'panel',
    onsubmit: event => {
      event.preventDefault();
      const reasons = boxes.filter(box => box.checked).map(box => box.value);
      send({rating: 'down', reasons, ...(text.value.trim() ? {correction: text.value.trim()} : {})});
    },
  },
    h('fieldset', {}, h('legend', {}, 'What is not right?'),
      h('div', {class: 'choices'}, boxes.map((box, i) => h('label', {}, box, ' ', REASONS[i])))),
    field('The right answer, if you know it', text, 'It can become a test question and a training example.'),
    h('div', {class: 'actions'},
      h('button', {class: 'main'}, 'Send'), h('button', {type: 'button', onclick: close}, 'Cancel')));
}
