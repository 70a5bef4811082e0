# frozen_string_literal: true

# What is said, apart from where it is remembered: both apps share it, so that
# they differ in nothing but their use of the cookie.

START = ['start', ''].freeze

BEGIN_TEXT = "Text 'order' to begin."

# One turn: returns the next step, the order so far and the reply.
def turn(step, order, body)
  said = body.strip.downcase

  return step, order, order.empty? ? "Step: #{step}" : "Step: #{step}, #{order}" if said == 'status'
  return 'choosing', '', "What size, and how many? For example '2 large'." if said == 'order'

  case step
  when 'choosing'
    choice = said.match(/\A([1-9][0-9]?) +(small|medium|large)\z/)
    return step, order, "Sorry, which? A number and small, medium or large, like '2 large'." unless choice

    count, size = choice.captures
    noun = count == '1' ? 'pizza' : 'pizzas'
    ['confirming', "#{count} #{size}", "#{count} #{size} #{noun}. Reply yes to confirm"]
  when 'confirming'
    return 'confirmed', order, "Confirmed: #{order}" if said == 'yes'

    [step, order, "Reply yes to confirm, or 'order' to choose again."]
  else
    [step, order, BEGIN_TEXT]
  end
end

# TwiML with one message, by hand: Debian has no package of Twilio's Ruby SDK.
def twiml(reply)
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>#{reply.encode(xml: :text)}</Message></Response>"
end
