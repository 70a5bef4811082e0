# frozen_string_literal: true

# What is said, apart from where it is remembered: all apps of this folder share it.
module Dialogue
  ONE_PIZZA = /\A[1-9][0-9]? (small|medium|large)\z/

  # One turn: the basket so far and a message in, the basket and a reply out.
  def self.turn(basket, body)
    said = body.strip.downcase
    if said.match?(ONE_PIZZA)
      fuller = basket.empty? ? said : "#{basket}, #{said}"
      return [fuller, "#{fuller}. Anything else? Or yes."]
    end
    return ['', "Confirmed: #{basket}"] if said == 'yes' && !basket.empty?

    [basket, "Say what you would like, as in '2 large'."]
  end

  def self.twiml(reply)
    %(<?xml version="1.0"?><Response><Message>#{reply}</Message></Response>)
  end

  # What a query takes. Every app waits here between reading its session and changing it.
  def self.price
    sleep 0.03
  end
end
