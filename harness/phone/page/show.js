// The words and tables of the page, made of what the server tells. All of it is shown with
// textContent alone: an app's words are never markup.

const LONG_PAUSE = 60;

let state = null;

/** From now on that is what the server has told last. */
export function see(told) {
  state = told;
}

/** An element with text, attributes and children; texts are never read as markup. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') element.addEventListener('click', value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export const real = (text) => state.phones.reduce(
  (shown, phone) => (phone.name ? shown.replaceAll(phone.name, phone.number) : shown),
  text.replaceAll('{To}', state.to),
);

function codeText(code) {
  const known = state.codes[code];
  return known ? `${code}: ${known.meaning} ${known.remedy}` : String(code);
}

function bubble(kind, text, notes = [], delivery = 0, choose = null) {
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

function repliesOf(outcome, choose) {
  const again = outcome.duplicate;
  const notes = again ? [note('answer to the second delivery of it')] : [];
  if (outcome.error_code) {
    const code = outcome.error_code;
    return [bubble('failed', `No reply: ${real(outcome.problem)}`,
      [...notes, note(codeText(code))], outcome.last_delivery, choose)];
  }
  if (!outcome.messages.length) {
    return [el('li', { class: 'time' }, again ? 'no reply to the second delivery' : 'no reply')];
  }
  return outcome.messages.map((message) => {
    const more = [...notes];
    for (const media of message.media) more.push(note(`media: ${media}`));
    if (message.error_code) more.push(note(`Twilio does not send it. ${codeText(message.error_code)}`, 'struck'));
    return bubble('app', real(message.body) || '(no text)', more, outcome.last_delivery, choose);
  });
}

const shownOf = (outcome) => (outcome.error_code
  ? `no reply (${outcome.error_code}: ${outcome.problem})`
  : outcome.messages.map((message) => message.body).join('\n') || 'no reply');

/** The conversation's items; `choose` is called with a delivery that is to be looked at. */
export function talkItems(choose) {
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
    items.push(bubble('own', message.body || '(no text)', notes, first && first.delivery, choose));
    const twins = state.twin ? state.twin.outcomes.filter((one) => one.message === index) : [];
    state.own.outcomes.filter((one) => one.message === index).forEach((outcome, n) => {
      items.push(...repliesOf(outcome, choose));
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
  return items;
}

export function statusOf(delivery) {
  if (delivery.answer.status) return String(delivery.answer.status);
  return delivery.answered_s == null ? 'not reached' : 'no answer';
}

/** The text that it brings, shortened; and why it is made, unless it is the first to bring it. */
export function titleOf(delivery) {
  const { body } = state.messages[delivery.message];
  const text = `“${body.length > 20 ? `${body.slice(0, 19)}…` : body}”`;
  if (delivery.news) return `${text} ${delivery.news}`;
  return delivery.kind === 'first' ? text : `${text} ${delivery.kind}`;
}

// ---- the panels

function fieldsTable(caption, fields, empty) {
  if (!fields.length) return el('p', { class: 'hint' }, empty);
  return el('table', { class: 'fields' }, el('caption', {}, caption),
    el('tbody', {}, ...fields.map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name),
      el('td', { class: 'code' }, value)))));
}

/** TwiML with a line for each element; what Twilio does not take for TwiML as it came. */
function pretty(body, answer) {
  if (!body || answer.error_code || !answer.content_type.includes('xml')) return body;
  const xml = new DOMParser().parseFromString(body, 'application/xml');
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

export function requestPanel(delivery) {
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

export function responsePanel(delivery) {
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
      if (wire.detail !== delivery.answer.problem) parts.push(el('p', {}, `No answer: ${wire.detail}`));
      continue;
    }
    parts.push(el('p', { class: 'first' }, el('strong', {}, `Status ${wire.status}`), ` after ${wire.took_ms.toFixed(1)} ms`),
      el('pre', { 'aria-label': 'Body' }, pretty(wire.body, delivery.answer) || '(empty)'),
      fieldsTable('Headers', wire.answer_headers, 'No headers.'));
  }
  if (!parts.length) parts.push(el('p', {}, 'The request never reached the app.'));
  return parts;
}

export function storePanel(pair) {
  const store = state.stores.find((one) => one.pair === pair);
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

export function twinPanel(toggle) {
  const on = Boolean(state.twin);
  const parts = [
    el('p', {}, 'The fresh twin has the same conversation on another number, and all its cookies always arrive, up to date. Where its replies differ from yours, the app depends on its cookies.'),
    el('p', {}, el('button', { type: 'button', id: 'twin', role: 'switch', 'aria-checked': String(on), on: toggle }, on ? 'Twin is on' : 'Twin is off')),
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
