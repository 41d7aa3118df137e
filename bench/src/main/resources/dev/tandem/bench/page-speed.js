// Runs in the page before its own scripts: notes when the form can be used, records frames, and stands in for a server whose answer and
// whose tuning come at a known pace.
'use strict';
window.usable = 0;
new MutationObserver(() => {
  if (!window.usable && document.getElementById('question')) window.usable = performance.now();
  if (!window.listed && document.querySelector('.composer select:enabled')) window.listed = performance.now();
}).observe(document, {subtree: true, childList: true, attributes: true});

/** The milliseconds between frames, for so long. */
window.frames60 = milliseconds => new Promise(resolve => {
  const between = [];
  const end = performance.now() + milliseconds;
  let before;
  const frame = at => {
    if (before !== undefined) between.push(at - before);
    before = at;
    if (performance.now() < end) requestAnimationFrame(frame);
    else resolve(between);
  };
  requestAnimationFrame(frame);
});

const WORDS = ['Employees ', 'get **16 weeks** ', 'of leave ', 'after a birth [1]', '.\n\n- the first ', 'week is `paid`\n- the second ', 'as well [2]', '\n\n'];
const piece = i => ({id: 'c', model: 'tandem/rag', choices: [{index: 0, delta: {content: WORDS[i % WORDS.length]}, finish_reason: null}]});
const loss = i => ({number: i + 1, at: '2026-11-26T10:00:00Z', type: 'metrics', message: '', data: {step: i + 1, total_steps: 4000, train_loss: 0.5 + 3 * Math.exp(-i / 500) + 0.1 * Math.sin(i * i), ...(i % 100 === 0 ? {valid_loss: 1 + Math.exp(-i / 900)} : {})}});

/** Events, so many each time. */
const paced = (make, perTick, milliseconds, count) => new Response(new ReadableStream({
  start(controller) {
    const encoder = new TextEncoder();
    let i = 0;
    const timer = setInterval(() => {
      for (let n = 0; n < perTick(i) && i < count; n++) controller.enqueue(encoder.encode(`data: ${JSON.stringify(make(i++))}\n\n`));
      if (i >= count) {
        clearInterval(timer);
        controller.enqueue(encoder.encode('data: [DONE]\n\n'));
        controller.close();
      }
    }, milliseconds);
  },
}), {headers: {'Content-Type': 'text/event-stream'}});
const job = () => new Response(JSON.stringify({id: 'ftjob-1', kind: 'tune', status: 'running', cancelling: false, asked_by: 'bench', created: '2026-11-26T10:00:00Z', resumable: false}));

const real = window.fetch;
window.fetch = (where, options) => {
  const url = String(where);
  // 50 pieces a second for twelve seconds.
  if (window.standIn && url.endsWith('/v1/chat/completions')) return Promise.resolve(paced(piece, () => 1, 20, 600));
  // 2,000 points at once, then 100 a second.
  if (url.includes('/api/jobs/ftjob-1/events')) return Promise.resolve(paced(loss, i => (i < 2000 ? 2000 : 1), 10, 3200));
  if (url.includes('/api/jobs/ftjob-1')) return Promise.resolve(job());
  return real(where, options);
};
