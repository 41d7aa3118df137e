// An answer's text as elements: paragraphs, lists, code, bold, and marks of citations. Links, images and HTML stay the text that they
// are: nothing that a document or a model wrote is loaded or followed.
import {h} from './dom.js';

const INLINE = /(`[^`\n]+`|\*\*[^*\n]+\*\*|\[\d{1,4}\])/;
const ITEM = /^\s*(?:[-*•]|\d{1,3}[.)])\s+/;

/** Shows a text that grows, touching only the blocks that have changed. */
export class MarkedText {
  #blocks = [];
  #chip = () => undefined;

  constructor() {
    this.element = h('div', {class: 'answer'});
  }

  /**
   * @param {string} text whole, as it is now
   * @param {(number: number) => Element|undefined} chip for a mark; undefined where it leads nowhere
   */
  show(text, chip = this.#chip) {
    const anew = chip !== this.#chip;
    this.#chip = chip;
    const blocks = split(text);
    blocks.forEach((block, index) => {
      if (!anew && this.#blocks[index]?.source === block) return;
      const element = this.#element(block);
      if (this.#blocks[index]) this.#blocks[index].element.replaceWith(element);
      else this.element.append(element);
      this.#blocks[index] = {source: block, element};
    });
    this.#blocks.splice(blocks.length).forEach(block => block.element.remove());
  }

  #element(block) {
    if (block.startsWith('```')) return h('pre', {tabindex: 0}, h('code', {}, block.replace(/^```[^\n]*\n?/, '').replace(/\n?```$/, '')));
    const lines = block.split('\n');
    if (lines.every(line => ITEM.test(line))) {
      const numbered = lines.every(line => /^\s*\d/.test(line));
      return h(numbered ? 'ol' : 'ul', {}, lines.map(line => h('li', {}, this.#inline(line.replace(ITEM, '')))));
    }
    const heading = /^#{1,6} (.*)$/.exec(block);
    return heading ? h('p', {}, h('strong', {}, this.#inline(heading[1]))) : h('p', {}, this.#inline(block));
  }

  #inline(text) {
    return text.split(INLINE).map((part, index) => {
      if (index % 2 === 0) return part;
      if (part.startsWith('`')) return h('code', {}, part.slice(1, -1));
      if (part.startsWith('**')) return h('strong', {}, part.slice(2, -2));
      return this.#chip(Number(part.slice(1, -1))) ?? part;
    });
  }
}

/** Blocks between empty lines, lists and paragraphs apart; code between fences is one block with its empty lines. */
function split(text) {
  const blocks = [];
  let block = [];
  let fenced = false;
  const end = () => {
    if (block.length) blocks.push(block.join('\n'));
    block = [];
  };
  for (const line of text.split('\n')) {
    const fence = line.startsWith('```');
    if (fenced) {
      block.push(line);
      if (fence) {
        fenced = false;
        end();
      }
    } else if (fence) {
      end();
      fenced = true;
      block.push(line);
    } else if (line.trim() === '') {
      end();
    } else {
      if (block.length && ITEM.test(block[0]) !== ITEM.test(line)) end();
      block.push(line);
    }
  }
  end();
  return blocks;
}
