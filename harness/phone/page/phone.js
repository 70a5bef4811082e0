'use strict';

// What the server tells is shown with textContent alone: an app's words are never markup.

const GROUPS = [
  ['send', 'Before it is sent', ['expire']],
  ['read', 'Its cookies', ['missing', 'outage', 'stale', 'partial', 'foreign', 'forged']],
  ['deliver', 'On its way', ['drop', 'lost-response', 'duplicate', 'repeat', 'plain-http', 'unsigned']],
  ['write', 'The cookies of its answer', ['lost-write', 'late-write']],
];
const FOUR_HOURS = 4 * 3600;
const LONG_PAUSE = 60;

const token = document.querySelector('meta[name="crumbproof-token"]').content;
const byId = (id) => document.getElementById(id);

let state = null;
let chosen = 0; // delivery that is looked at; 0: none
let tab = 'request';
let wished = {}; // by seam: an offer

/** An element with text, attributes and children; texts are never read as markup. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') element.addEventListener('click', value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

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

const real = (text) => state.phones.reduce(
  (shown, phone) => (phone.name ? shown.replaceAll(phone.name, phone.number) : shown),
  text.replaceAll('{To}', state.to),
);

function codeText(code) {
  const known = state.codes[code];
  return known ? `${code}: ${known.meaning} ${known.remedy}` : String(code);
}

function bubble(kind, text, notes = [], delivery = 0) {
  const inside = delivery
    ? el('button', { type: 'button', class: 'bubble', title: `Look at delivery ${delivery}`, on: () => choose(delivery) }, text)
    : el('span', { class: 'bubble' }, text);
  return el('li', { class: kind }, inside, ...notes);
}

const note = (text, kind = '') => el('small', { class: kind }, text);

function span(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return [hours && `${hours} h`, minutes && `${minutes} min`].filter(Boolean).join(' ');
}

function repliesOf(outcome, again) {
  const notes = again ? [note('answer to the second delivery of it')] : [];
  if (outcome.error_code) {
    const code = outcome.error_code;
    return [bubble('failed', `No reply: ${real(outcome.problem)}`,
      [...notes, note(codeText(code))], outcome.last_delivery)];
  }
  if (!outcome.messages.length) {
    return [el('li', { class: 'time' }, again ? 'no reply to the second delivery' : 'no reply')];
  }
  return outcome.messages.map((message) => {
    const more = [...notes];
    for (const media of message.media) more.push(note(`media: ${media}`));
    if (message.error_code) more.push(note(`Twilio does not send it. ${codeText(message.error_code)}`, 'struck'));
    return bubble('app', real(message.body) || '(no text)', more, outcome.last_delivery);
  });
}

const shownOf = (outcome) => (outcome.error_code
  ? `no reply (${outcome.error_code}: ${outcome.problem})`
  : outcome.messages.map((message) => message.body).join('\n') || 'no reply');

function showTalk() {
  const items = [];
  let last = 0;
  state.messages.forEach((message, index) => {
    const deliveries = state.own.deliveries.filter((one) => one.message === index);
    const first = deliveries[0];
    const at = first ? first.triggered_s : message.at_s;
    if (at - last > LONG_PAUSE) items.push(el('li', { class: 'time' }, `${span(at - last)} later`));
    last = at;
    const notes = message.pair ? [note(`from phone ${message.pair + 1}`)] : [];
    for (const delivery of deliveries) {
      for (const fault of delivery.faults) notes.push(note(`✗ ${fault.kind}: ${fault.what}`, 'struck'));
    }
    items.push(bubble('own', message.body || '(no text)', notes, first && first.delivery));
    const twins = state.twin ? state.twin.outcomes.filter((one) => one.message === index) : [];
    state.own.outcomes.filter((one) => one.message === index).forEach((outcome, n) => {
      items.push(...repliesOf(outcome, outcome.duplicate));
      if (state.twin && twins[n] && shownOf(twins[n]) !== shownOf(outcome)) {
        items.push(bubble('twin', `≠ ${shownOf(twins[n])}`, [note('what the fresh twin got')]));
      }
    });
    for (const sent of deliveries.flatMap((one) => one.sent ?? [])) {
      items.push(bubble('app', real(sent.body), [note(`through the API, to ${real(sent.to)}`)]));
    }
  });
  if (state.waiting) items.push(el('li', { class: 'time' }, `${state.waiting} pass`));
  if (!items.length) items.push(el('li', { class: 'time' }, 'Nothing said yet. Type what a customer would say.'));
  byId('talk').replaceChildren(...items);
  byId('log').scrollTop = byId('log').scrollHeight;
}

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

function statusOf(delivery) {
  if (delivery.answer.status) return String(delivery.answer.status);
  return delivery.answered_s == null ? 'not reached' : 'no answer';
}

/** The text that it brings, shortened; and why it is made, unless it is the first to bring it. */
function titleOf(delivery) {
  const { body } = state.messages[delivery.message];
  const text = `“${body.length > 20 ? `${body.slice(0, 19)}…` : body}”`;
  if (delivery.news) return `${text} ${delivery.news}`;
  return delivery.kind === 'first' ? text : `${text} ${delivery.kind}`;
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

// ---- the panels

function fieldsTable(caption, fields, empty) {
  if (!fields.length) return el('p', { class: 'hint' }, empty);
  return el('table', { class: 'fields' }, el('caption', {}, caption),
    el('tbody', {}, ...fields.map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name),
      el('td', { class: 'code' }, value)))));
}

/** An XML document with a line for each element; the text as it came if it is none. */
function pretty(body) {
  const xml = new DOMParser().parseFromString(body, 'application/xml');
  if (!body || xml.querySelector('parsererror')) return body;
  const lines = [];
  const write = (node, depth) => {
    const indent = '  '.repeat(depth);
    const shallow = node.cloneNode(false);
    const text = new XMLSerializer().serializeToString(shallow);
    if (!node.children.length) {
      lines.push(indent + new XMLSerializer().serializeToString(node));
      return;
    }
    lines.push(indent + text.replace(/\s*\/>$/, '>').replace(/<\/[^>]*>$/, ''));
    for (const child of node.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) write(child, depth + 1);
      else if (child.textContent.trim()) lines.push(`${indent}  ${child.textContent.trim()}`);
    }
    lines.push(`${indent}</${node.nodeName}>`);
  };
  write(xml.documentElement, 0);
  return lines.join('\n');
}

function cookieLine(delivery) {
  if (!delivery.cookies.length) return 'It carried no cookie.';
  const cookies = delivery.cookies.map((cookie) => `${cookie.name} (set by delivery ${cookie.set_by})`);
  return `Its cookies: ${cookies.join(', ')}.`;
}

function requestPanel(delivery) {
  const parts = [el('p', {}, `Delivery ${delivery.delivery} arrived at ${delivery.arrived}. ${cookieLine(delivery)}`)];
  for (const fault of delivery.faults) parts.push(el('p', { class: 'struck' }, `✗ ${fault.kind}: ${fault.what}`));
  if (!delivery.wire.length) parts.push(el('p', {}, 'The request never reached the app.'));
  for (const wire of delivery.wire) {
    parts.push(el('p', { class: 'first code' }, el('strong', {}, wire.method), ` ${wire.url}`),
      fieldsTable('Headers', wire.headers, 'No headers.'),
      fieldsTable('Parameters', wire.parameters, 'No parameters.'));
  }
  return parts;
}

function responsePanel(delivery) {
  const parts = [];
  if (delivery.answer.error_code) {
    parts.push(el('p', { class: 'struck' }, real(delivery.answer.problem)),
      el('p', {}, codeText(delivery.answer.error_code)));
  }
  if (delivery.answered_s != null && delivery.received_s == null && !delivery.answer.error_code) {
    parts.push(el('p', { class: 'struck' }, 'The sender never received this answer.'));
  }
  for (const wire of delivery.wire) {
    if (!wire.answered) {
      parts.push(el('p', {}, `No answer: ${wire.detail}`));
      continue;
    }
    parts.push(el('p', { class: 'first' }, el('strong', {}, `Status ${wire.status}`), ` after ${wire.took_ms.toFixed(1)} ms`),
      el('pre', { 'aria-label': 'Body' }, pretty(wire.body) || '(empty)'),
      fieldsTable('Headers', wire.answer_headers, 'No headers.'));
  }
  if (!parts.length) parts.push(el('p', {}, 'The request never reached the app.'));
  return parts;
}

function storePanel() {
  const store = state.stores.find((one) => one.pair === pair());
  if (!store) return [el('p', {}, 'Nothing is stored for this phone.')];
  const parts = [el('p', {}, 'The next request would carry ', el('code', {}, store.next || 'no cookie'), '.')];
  const last = store.versions.length - 1;
  for (let version = last; version >= 0; version -= 1) parts.push(versionTable(store.versions[version], version, last));
  return parts;
}

function versionTable(cookies, version, last) {
  const caption = el('caption', {}, `Version ${version}${version === last ? ' (now)' : ''}`);
  if (!cookies.length) return el('table', {}, caption, el('tbody', {}, el('tr', {}, el('td', {}, 'empty'))));
  const heads = ['Cookie', 'Value', 'Set by', 'For', 'Expires'];
  return el('div', { class: 'scroll' }, el('table', {}, caption,
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, ...cookies.map((cookie) => el('tr', {},
      el('td', { class: cookie.left ? 'code whole' : 'code whole gone' }, cookie.name),
      el('td', { class: 'code' }, cookie.value),
      el('td', { class: 'whole' }, `delivery ${cookie.set_by}`),
      el('td', { class: 'code whole' }, `${cookie.domain}${cookie.path}${cookie.secure ? ' https' : ''}`),
      el('td', {}, `at ${cookie.expires}${cookie.left ? `, in ${cookie.left}` : ', expired'}`))))));
}

function twinPanel() {
  const on = Boolean(state.twin);
  const parts = [
    el('p', {}, 'The fresh twin has the same conversation on another number, and all its cookies always arrive, up to date. Where its replies differ from yours, the app depends on its cookies.'),
    el('p', {}, el('button', { type: 'button', id: 'twin', role: 'switch', 'aria-checked': String(on), on: toggleTwin }, on ? 'Twin is on' : 'Twin is off')),
  ];
  if (!on || !state.messages.length) return parts;
  if (state.together) parts.push(el('p', { class: 'hint' }, 'You sent texts at once; the twin has them one after the other. The other order can be right as well.'));
  if (!state.twin.comparable) parts.push(el('p', { class: 'hint' }, 'The two took other ways, so they cannot be compared.'));
  const rows = state.own.outcomes.map((outcome, n) => {
    const twin = state.twin.outcomes[n];
    const theirs = twin ? shownOf(twin) : '';
    const same = theirs === shownOf(outcome);
    const counts = state.twin.differences.some((one) => one.message === outcome.message);
    return el('tr', {}, el('th', { scope: 'row' }, state.messages[outcome.message].body + (outcome.duplicate ? ' (again)' : '')),
      el('td', {}, shownOf(outcome)), el('td', {}, theirs),
      el('td', { class: same || !counts ? 'whole same' : 'whole differs' }, same ? '= same' : (counts ? '≠ differs' : '≈ does not count')));
  });
  parts.push(el('div', { class: 'scroll' }, el('table', {}, el('caption', {}, 'Replies'),
    el('thead', {}, el('tr', {}, ...['Text', 'Yours', 'Twin’s', 'Verdict'].map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, ...rows))));
  return parts;
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
    store: storePanel,
    twin: twinPanel,
  };
  panel.replaceChildren(...parts[tab]());
}

function show() {
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
