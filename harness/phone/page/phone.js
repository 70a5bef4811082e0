// What the user does, and where it is shown.

import {
  el, real, requestPanel, responsePanel, see, statusOf, storePanel, talkItems, titleOf, twinPanel,
} from './show.js';

const GROUPS = [
  ['send', 'Before it is sent', ['expire']],
  ['read', 'Its cookies', ['missing', 'outage', 'stale', 'partial', 'foreign', 'forged']],
  ['deliver', 'On its way', ['drop', 'lost-response', 'duplicate', 'repeat', 'plain-http', 'unsigned']],
  ['write', 'The cookies of its answer', ['lost-write', 'late-write']],
];
const FOUR_HOURS = 4 * 3600;

const token = document.querySelector('meta[name="crumbproof-token"]').content;
const byId = (id) => document.getElementById(id);

let state = null;
let chosen = 0; // delivery that is looked at; 0: none
let tab = 'request';
let wished = {}; // by seam: an offer

// ---- asking

async function ask(path, body) {
  const options = { headers: { 'X-Crumbproof-Token': token } };
  if (body !== undefined) {
    options.method = 'POST';
    options.body = JSON.stringify(body);
    options.headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(path, options);
  const made = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(made.error), { status: answer.status });
  return made;
}

function complain(text) {
  byId('trouble').textContent = text;
}

/** Does one thing at a time; what goes wrong is told. Says whether it went well. */
async function busily(work) {
  complain('');
  document.body.setAttribute('aria-busy', 'true');
  const controls = [...document.querySelectorAll('button, select')].filter((one) => !one.disabled);
  const focused = document.activeElement;
  controls.forEach((one) => { one.disabled = true; });
  let good = true;
  try {
    await work();
  } catch (error) {
    good = false;
    complain(error instanceof TypeError ? 'crumbproof serve does not answer; has it ended?' : error.message);
  }
  controls.forEach((one) => { one.disabled = false; });
  document.body.removeAttribute('aria-busy');
  if (state) show();
  if (focused && focused.isConnected && document.activeElement === document.body) focused.focus();
  return good;
}

function act(path, body) {
  return busily(async () => {
    const before = state ? state.own.deliveries.length : 0;
    state = await ask(path, body);
    const deliveries = state.own.deliveries;
    if (deliveries.length < before || chosen > deliveries.length) chosen = 0;
    if (deliveries.length > before) chosen = deliveries[before].delivery;
    if (!chosen && deliveries.length) chosen = deliveries[deliveries.length - 1].delivery;
  });
}

const pair = () => Number(document.querySelector('input[name="pair"]:checked').value);

async function send(bodies, extra = []) {
  const wishes = Object.entries({ ...wished, ...Object.fromEntries(extra.map((one) => [one.seam, one])) });
  const good = await act('/send', {
    said: bodies.map((body) => ({ pair: pair(), body })),
    wishes: wishes.map(([, offer]) => ({ seam: offer.seam, fault: offer.fault })),
  });
  if (!good) return;
  wished = {};
  byId('text').value = '';
  byId('second').value = '';
  showKinds();
  byId('text').focus();
}

const plain = (seam, kind) => ({ seam, fault: { kind, delivery: 0 } });

// ---- showing

function showHead() {
  byId('about').textContent = `${state.target} · number ${state.to} · conversation ${state.conversation}`;
  byId('clock').textContent = `virtual time ${state.now}`;
  for (const phone of state.phones) {
    byId(`number-${phone.pair}`).textContent = `Phone ${phone.pair + 1}${phone.number ? ` ${phone.number}` : ''}`;
  }
  byId('notices').replaceChildren(...[...state.notices, ...state.warnings].map((text) => el('p', {}, real(text))));
  byId('undo').disabled = !state.steps;
  for (const id of ['save-scenario', 'write-scenario', 'save-replay']) {
    byId(id).disabled = !state.messages.length;
  }
}

function showKinds() {
  const offers = state.offers[pair()];
  const summaries = Object.fromEntries(state.kinds.map((kind) => [kind.name, kind.summary]));
  const groups = GROUPS.map(([seam, title, kinds]) => el('fieldset', {}, el('legend', {}, title),
    ...kinds.flatMap((kind) => {
      const own = offers.filter((offer) => offer.seam === seam && offer.fault.kind === kind);
      return kindButtons(seam, kind, own, summaries[kind]);
    })));
  byId('kinds').replaceChildren(...groups);
}

function kindButtons(seam, kind, offers, summary) {
  const wish = wished[seam];
  const pressed = wish?.fault.kind === kind;
  if (pressed && !offers.some((offer) => offer.label === wish.label)) {
    delete wished[seam];
    return kindButtons(seam, kind, offers, summary);
  }
  const button = el('button', {
    type: 'button', 'aria-pressed': String(pressed), title: summary, disabled: !offers.length,
    'data-kind': kind,
    on: () => {
      if (pressed) delete wished[seam];
      else [wished[seam]] = offers;
      showKinds();
      document.querySelector(`[data-kind="${kind}"]`).focus();
    },
  }, kind);
  if (!pressed || offers.length < 2) return [button];
  const select = el('select', { 'aria-label': `How much of ${kind}` },
    ...offers.map((offer) => el('option', { selected: offer.label === wish.label }, offer.label)));
  select.addEventListener('change', () => { wished[seam] = offers[select.selectedIndex]; });
  return [button, select];
}

function showDeliveries() {
  const buttons = state.own.deliveries.map((delivery) => el('button', {
    type: 'button', 'aria-pressed': String(delivery.delivery === chosen), on: () => choose(delivery.delivery),
  }, `${delivery.delivery} · ${titleOf(delivery)} · ${statusOf(delivery)}`,
  ...delivery.faults.map((fault) => el('span', { class: 'struck' }, ` ✗ ${fault.kind}`))));
  byId('deliveries').replaceChildren(...(buttons.length ? buttons : [el('p', { class: 'hint' }, 'None yet.')]));
}

function choose(delivery) {
  chosen = delivery;
  if (tab === 'twin' || tab === 'store') tab = 'request';
  show();
  document.querySelector('#deliveries [aria-pressed="true"]')?.focus();
}

async function toggleTwin() {
  await act('/twin', { on: !state.twin });
  byId('twin').focus();
}

function showPanel() {
  for (const one of document.querySelectorAll('[role="tab"]')) {
    const selected = one.dataset.tab === tab;
    one.setAttribute('aria-selected', String(selected));
    one.tabIndex = selected ? 0 : -1;
  }
  const panel = byId('panel');
  panel.setAttribute('aria-labelledby', `tab-${tab}`);
  const delivery = state.own.deliveries.find((one) => one.delivery === chosen);
  const none = [el('p', { class: 'hint' }, 'Send a text, and see here what Twilio would send to the app.')];
  const parts = {
    request: () => (delivery ? requestPanel(delivery) : none),
    response: () => (delivery ? responsePanel(delivery) : none),
    store: () => storePanel(pair()),
    twin: () => twinPanel(toggleTwin),
  };
  panel.replaceChildren(...parts[tab]());
}

function showTalk() {
  byId('talk').replaceChildren(...talkItems(choose));
  byId('log').scrollTop = byId('log').scrollHeight;
}

function show() {
  see(state);
  showHead();
  showTalk();
  showKinds();
  showDeliveries();
  showPanel();
}

// ---- saving

function download(file) {
  const url = URL.createObjectURL(new Blob([file.content], { type: 'text/plain' }));
  const link = el('a', { href: url, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

function save(what) {
  return busily(async () => {
    download(await ask('/save', { what, write: false, replace: false }));
    byId('save').open = false;
    state = await ask('/state');
  });
}

async function write(replace) {
  await busily(async () => {
    try {
      const file = await ask('/save', { what: 'scenario', write: true, replace });
      state.notices = [`${file.name} is written to the folder where crumbproof runs`];
      byId('save').open = false;
    } catch (error) {
      if (error.status !== 409) throw error;
      offerToReplace(error.message);
    }
  });
}

function offerToReplace(why) {
  byId('trouble').replaceChildren(`${why}. `,
    el('button', { type: 'button', on: () => write(true) }, 'Replace it'));
}

// ---- wiring

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!byId('send').disabled) send([byId('text').value]);
});
byId('twice').addEventListener('click', () => send([byId('text').value], [plain('deliver', 'duplicate')]));
byId('jump').addEventListener('click', () => act('/wait', { seconds: FOUR_HOURS }));
byId('both').addEventListener('click', () => send([byId('text').value, byId('second').value], [plain('deliver', 'overlap')]));
byId('swapped').addEventListener('click', () => send([byId('text').value, byId('second').value], [plain('send', 'reorder')]));
byId('undo').addEventListener('click', () => act('/undo', {}));
byId('new').addEventListener('click', () => act('/new', {}));
byId('save-scenario').addEventListener('click', () => save('scenario'));
byId('write-scenario').addEventListener('click', () => write(false));
byId('save-replay').addEventListener('click', () => save('replay'));
for (const radio of document.querySelectorAll('input[name="pair"]')) {
  radio.addEventListener('change', () => { wished = {}; showKinds(); showPanel(); });
}
const tabs = [...document.querySelectorAll('[role="tab"]')];
tabs.forEach((one, n) => {
  one.addEventListener('click', () => { tab = one.dataset.tab; showPanel(); });
  one.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(n + step + tabs.length) % tabs.length];
    tab = next.dataset.tab;
    showPanel();
    next.focus();
  });
});

act('/state').then(() => byId('text').focus());
