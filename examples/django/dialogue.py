"""What is said, apart from where it is remembered.

Both apps share it, so that they differ in nothing but their use of the cookie.
"""

import re

START = ("start", "")

BEGIN = "Text 'order' to begin."


def turn(step, order, body):
    """One turn: returns the next step, the order so far and the reply."""
    said = body.strip().lower()

    if said == "status":
        return step, order, f"Step: {step}, {order}" if order else f"Step: {step}"
    if said == "order":
        return "choosing", "", "What size, and how many? For example '2 large'."

    if step == "choosing":
        choice = re.fullmatch(r"([1-9][0-9]?) +(small|medium|large)", said)
        if not choice:
            return step, order, "Sorry, which? A number and small, medium or large, like '2 large'."
        count, size = choice.groups()
        noun = "pizza" if count == "1" else "pizzas"
        return "confirming", f"{count} {size}", f"{count} {size} {noun}. Reply yes to confirm"

    if step == "confirming":
        if said == "yes":
            return "confirmed", order, f"Confirmed: {order}"
        return step, order, "Reply yes to confirm, or 'order' to choose again."

    return step, order, BEGIN
