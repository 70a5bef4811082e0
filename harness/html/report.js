'use strict';

// Comforts beside the report, which is whole without them. Nothing here makes markup of the data.

const report = JSON.parse(document.getElementById('report').textContent);

function button(name, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = name;
  made.addEventListener('click', () => act(made));
  return made;
}

function tools(before, label, buttons) {
  const bar = document.createElement('div');
  bar.className = 'tools';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', label);
  bar.append(...buttons);
  before.before(bar);
  return bar;
}

// ---- timelines: arrow keys go from delivery to delivery and open and close them

function handleKey(event) {
  const summary = event.target.closest('.delivery > summary');
  if (!summary || event.target !== summary || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...summary.closest('.timeline').querySelectorAll('.delivery > summary')];
  const at = all.indexOf(summary);
  const details = summary.parentElement;
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  if (event.key in steps) {
    const next = all[Math.min(Math.max(steps[event.key], 0), all.length - 1)];
    next.focus();
  } else if (event.key === 'ArrowRight') {
    details.open = true;
  } else if (event.key === 'ArrowLeft') {
    details.open = false;
  } else {
    return;
  }
  event.preventDefault();
}

function setUpTimeline(timeline) {
  const all = [...timeline.querySelectorAll('.delivery')];
  timeline.addEventListener('keydown', handleKey);
  const name = timeline.querySelector('ol').getAttribute('aria-label');
  const setAll = (open) => () => all.forEach((details) => (details.open = open));
  tools(timeline, name, [button('Open all', setAll(true)), button('Close all', setAll(false))]);
}

// A link to a delivery opens it.
function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target || !target.matches('.delivery')) return;
  target.open = true;
  target.querySelector('summary').focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest' });
}

// ---- commands: copied by a button

function setUpCommand(line) {
  const code = line.querySelector('code');
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  const copy = button('Copy', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      said.textContent = 'copied';
    } catch {
      getSelection().selectAllChildren(code);
      said.textContent = 'selected';
    }
  });
  copy.setAttribute('aria-label', `Copy: ${code.getAttribute('aria-label')}`);
  line.append(copy, said);
}

// ---- the state machine: only what faults opened, and one state's edges

function setUpMachine(section) {
  const drawing = section.querySelector('.drawing');
  const table = section.querySelector('table');
  const picked = (from, to) => {
    const near = new Set();
    for (const edge of drawing.querySelectorAll('.edge')) {
      const is = edge.dataset.from === from && edge.dataset.to === to;
      edge.classList.toggle('near', is);
    }
    near.add(from).add(to);
    for (const state of drawing.querySelectorAll('.state')) {
      state.classList.toggle('near', near.has(state.dataset.state));
    }
    drawing.classList.toggle('picked', from !== undefined);
  };
  table.addEventListener('pointerover', (event) => {
    const row = event.target.closest('tbody tr');
    picked(row?.dataset.from, row?.dataset.to);
  });
  table.addEventListener('pointerleave', () => picked());
  if (!section.querySelector('.edge.opened')) return;
  const only = button('Only what faults opened', () => {
    const quiet = section.classList.toggle('quiet');
    only.setAttribute('aria-pressed', String(quiet));
  });
  only.setAttribute('aria-pressed', 'false');
  tools(drawing, 'What the drawing shows', [only]);
}

// ---- on paper all is open

const closed = new Set();
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('.delivery:not([open])')) {
    closed.add(details);
    details.open = true;
  }
});
addEventListener('afterprint', () => {
  closed.forEach((details) => (details.open = false));
  closed.clear();
});

document.querySelectorAll('.timeline').forEach(setUpTimeline);
document.querySelectorAll('.command').forEach(setUpCommand);
document.querySelectorAll('#machine').forEach(setUpMachine);

const save = button('Save the data as JSON', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(report, null, 2) + '\n'], { type: 'application/json' }),
  );
  link.download = 'crumbproof-report.json';
  link.click();
  URL.revokeObjectURL(link.href);
});
document.querySelector('footer').append(save);

addEventListener('hashchange', openTarget);
openTarget();
