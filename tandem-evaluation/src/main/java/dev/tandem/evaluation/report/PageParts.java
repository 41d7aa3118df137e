package dev.tandem.evaluation.report;

/** The page's own style and script; without the script, all questions show and passages are reached by their links. */
final class PageParts {
    static final String STYLE = """
            .verdict { font-weight: 600; margin-bottom: .3rem; } .about { opacity: .75; font-size: .9rem; }
            .numbers td { white-space: pre; }
            .sides .numbers td { white-space: normal; text-align: left; min-width: 6.5rem; } .sides .numbers th { text-align: left; }
            .tile { max-width: 13rem; font-size: .9rem; }
            .filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; padding: .6rem 0; position: sticky; top: 0;
              background: Canvas; z-index: 1; } .filter[hidden], .example[hidden] { display: none; }
            .filter input, .filter select, .filter button { font: inherit; width: 12rem; padding: .3rem .5rem; min-height: 2rem; max-width: 100%; } .filter button { width: auto; }
            .example { content-visibility: auto; contain-intrinsic-size: auto 3rem; } .example summary { padding: .2rem 0; }
            .example ul, .example ol { padding-left: 1.5rem; margin: .2rem 0 .8rem; } .example li { margin-bottom: .4rem; }
            .example .about { margin: .1rem 0; } .example .name, .passage .name { margin: .6rem 0 0; } .text { white-space: pre-wrap; margin: .1rem 0; }
            .badge { font-size: .8rem; border: 1px solid currentColor; border-radius: .4rem; padding: 0 .4rem; margin-right: .3rem;
              white-space: nowrap; }
            mark { background: #ffe08a; color: #3a2c00; border-radius: .2rem; text-decoration: underline wavy #a15c00; }
            .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            .passage { content-visibility: auto; contain-intrinsic-size: auto 8rem; border-top: 1px solid var(--line); padding: .5rem 0; }
            .passage:target { background: var(--good); } a { color: var(--note); }
            :focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
            @media (max-width: 44rem) { .filter { position: static; } .filter label, .filter input, .filter select { width: 100%; }
              .filter input, .filter select { box-sizing: border-box; } }
            @media print { .filter, .shelf, .whole { display: none; } body { max-width: none; margin: 0; }
              .example, .passage { content-visibility: visible; break-inside: avoid; } }
            """;

    /** Without the signs that XML keeps for itself; see {@link dev.tandem.foundation.page.Page}. */
    static final String SCRIPT = """
            (function () {
              document.querySelectorAll('a.whole').forEach(function (link) {
                link.addEventListener('click', function (event) {
                  var whole = document.getElementById(link.hash.slice(1));
                  event.preventDefault();
                  link.previousElementSibling.textContent = whole.querySelector('.text').textContent;
                  link.previousElementSibling.tabIndex = -1;
                  link.previousElementSibling.focus();
                  link.remove();
                });
              });
              var bar = document.getElementById('filter');
              if (!bar) { return; }
              var examples = Array.from(document.querySelectorAll('details.example'));
              var texts = examples.map(function (example) { return example.textContent.toLowerCase(); });
              var words = document.getElementById('words');
              var type = document.getElementById('type');
              var mark = document.getElementById('mark');
              function shown() { return examples.filter(function (example) { return !example.hidden; }); }
              function filter() {
                var sought = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
                examples.forEach(function (example, i) {
                  example.hidden = ![
                    sought.every(function (word) { return texts[i].includes(word); }),
                    [example.dataset.type, ''].includes(type.value),
                    example.dataset.marks.split(' ').concat('').includes(mark.value)
                  ].every(Boolean);
                });
                document.getElementById('shown').textContent = shown().length + ' of ' + examples.length + ' questions';
              }
              [words, type, mark].forEach(function (input) { input.addEventListener('input', filter); });
              document.getElementById('open').addEventListener('click', function () {
                var all = shown();
                var open = all.some(function (example) { return !example.open; });
                all.forEach(function (example) { example.open = open; });
              });
              bar.hidden = false;
              filter();
            })();
            """;

    private PageParts() {}
}
