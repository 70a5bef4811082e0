'use strict';

// What is said, apart from where it is remembered: all apps of this folder share it.

const ONE_PIZZA = /^[1-9][0-9]? (small|medium|large)$/;

// One turn: the basket so far and a message in, the basket and a reply out.
function turn(basket, body) {
  const said = body.trim().toLowerCase();
  if (ONE_PIZZA.test(said)) {
    const fuller = basket ? `${basket}, ${said}` : said;
    return [fuller, `${fuller}. Anything else? Or yes.`];
  }
  if (said === 'yes' && basket) return ['', `Confirmed: ${basket}`];
  return [basket, "Say what you would like, as in '2 large'."];
}

const twiml = (reply) => `<?xml version="1.0"?><Response><Message>${reply}</Message></Response>`;

// What a query takes, as for the price. Every app waits here between reading its session and
// changing it.
const price = () => new Promise((done) => setTimeout(done, 30));

module.exports = { turn, twiml, price, port: Number(process.env.PORT ?? 3000) };
