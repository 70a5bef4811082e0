'use strict';

// What is said, apart from where it is remembered: both apps share it, so that
// they differ in nothing but their use of the cookie.

const START = Object.freeze({ step: 'start', order: '' });

const BEGIN = "Text 'order' to begin.";

// One turn: the conversation so far and a message in, the conversation and a
// reply out. It keeps nothing itself.
function turn({ step, order }, body) {
  const said = body.trim().toLowerCase();

  if (said === 'status') {
    return { step, order, reply: `Step: ${step}${order && `, ${order}`}` };
  }
  if (said === 'order') {
    return { step: 'choosing', order: '', reply: "What size, and how many? For example '2 large'." };
  }

  if (step === 'choosing') {
    const choice = said.match(/^([1-9][0-9]?) +(small|medium|large)$/);
    if (!choice) {
      return { step, order, reply: "Sorry, which? A number and small, medium or large, like '2 large'." };
    }
    const [, count, size] = choice;
    const noun = count === '1' ? 'pizza' : 'pizzas';
    return {
      step: 'confirming',
      order: `${count} ${size}`,
      reply: `${count} ${size} ${noun}. Reply yes to confirm`,
    };
  }

  if (step === 'confirming') {
    if (said === 'yes') return { step: 'confirmed', order, reply: `Confirmed: ${order}` };
    return { step, order, reply: "Reply yes to confirm, or 'order' to choose again." };
  }

  return { step, order, reply: BEGIN };
}

module.exports = { START, turn };
