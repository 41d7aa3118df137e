"""Makes samples/shop/messages.jsonl: what the shop's systems know, and the message that customers get; and
samples/shop/testset.jsonl: the questions of questions.jsonl, and 30 more messages, of other customers, as questions of style.

Run: python reference/sample/make_messages.py
Every sentence below was written by hand for Tandem; the seed decides which facts meet which wording. 300 examples.
"""

import json
import pathlib
import random

ROOT = pathlib.Path(__file__).parents[2]
ITEMS = ["Skarn 2 tent", "Skarn Expedition tent", "Varg 28 backpack", "Varg 65 backpack", "Ulv boots", "Regn Pro jacket",
         "Dun 7 sleeping bag", "Nordlys headlamp", "Gnist stove", "Ull 200 sweater", "Tind poles", "Varde harness",
         "Line 9.8 rope"]
NAMES = ["Ada", "Bram", "Cleo", "Dag", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Liv", "Mats", "Nora",
         "Olav", "Petra", "Ravi", "Signe", "Tor", "Una", "Vera", "Yusuf"]
# Customers of the test set, none of whom has a message to learn from.
TEST_NAMES = ["Astrid", "Bjarne", "Carmen", "Dora", "Emil", "Frida", "Gustav", "Helga", "Ivar", "Jorunn", "Klaus", "Lotte",
              "Magnus", "Nils", "Oda", "Pascal", "Ronja", "Sverre", "Thea", "Viggo"]
STORES = ["Bergen", "Oslo", "Lillehammer", "Trondheim", "Gothenburg"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
CARRIERS = ["Posten", "Bring", "PostNord"]
REASONS = ["the pass is closed by snow", "the ferry does not run in this wind", "our warehouse is counting its shelves",
           "the supplier sent the wrong size", "the road to Lillehammer is flooded"]
REPAIRS = ["a new zip", "new soles", "two new poles", "fresh tape on the seams", "a new valve", "a stitched shoulder strap"]
END = ["God tur! Fjellvik", "See you on the trail! Fjellvik"]

WORDINGS = {
    "shipped": [
        "Hei {name}! Your {item} has left our warehouse. {carrier} brings it on {day}; the order is {order}.",
        "Hei {name}! Good news: your {item} is on its way with {carrier} and should be with you on {day}. Your order: {order}.",
        "Hei {name}! We have packed your {item}. {carrier} will ring the bell on {day}. That was order {order}.",
    ],
    "delayed": [
        "Hei {name}! We are sorry: your {item} is late, because {reason}. We now expect it on {day}. Order {order} stays as it is.",
        "Hei {name}! Your {item} needs more patience than we promised, since {reason}. Think of {day}. Your order: {order}.",
    ],
    "ready": [
        "Hei {name}! Your {item} is waiting for you in our {store} store. We keep it until {day}. Bring the number {order}.",
        "Hei {name}! Come and fetch your {item} in {store}: it is here until {day}. The number is {order}.",
        "Hei {name}! It has arrived: your {item} lies at the counter in {store}, until {day} at the latest. Number {order}.",
    ],
    "refund": [
        "Hei {name}! Your {item} has come back to us and {amount} EUR are on their way to your account. It takes until {day}.",
        "Hei {name}! Thank you for sending the {item} back. You get {amount} EUR, by {day} at the latest.",
    ],
    "repaired": [
        "Hei {name}! Your {item} is as good as new: it got {repair}. Fetch it in {store} from {day} on; it costs {amount} EUR.",
        "Hei {name}! The workshop is done. Your {item} now has {repair}, for {amount} EUR. It is in {store} from {day} on.",
    ],
    "quote": [
        "Hei {name}! We have looked at your {item}. It needs {repair}, and that costs {amount} EUR. Shall we? Tell us by {day}.",
        "Hei {name}! Your {item} can be saved with {repair}. The price is {amount} EUR. Please say yes or no by {day}.",
    ],
    "in_stock": [
        "Hei {name}! The {item} is back in {store}, for {amount} EUR. We hold one for you until {day}.",
        "Hei {name}! You asked for the {item}: {store} has it again, at {amount} EUR. One is yours until {day}.",
    ],
    "rental_due": [
        "Hei {name}! We hope that the {item} served you well. Please bring it back to {store} by {day}.",
        "Hei {name}! Your rental ends on {day}. The {item} goes back to our {store} store, dry if the weather lets you.",
    ],
    "points": [
        "Hei {name}! Your {item} gave you {amount} points in the Summit Club. They are yours from {day} on.",
        "Hei {name}! With the {item} you have earned {amount} Summit Club points; use them from {day} on.",
    ],
}
KEYS = {
    "shipped": ["name", "item", "carrier", "day", "order"],
    "delayed": ["name", "item", "reason", "day", "order"],
    "ready": ["name", "item", "store", "day", "order"],
    "refund": ["name", "item", "amount", "day"],
    "repaired": ["name", "item", "repair", "amount", "store", "day"],
    "quote": ["name", "item", "repair", "amount", "day"],
    "in_stock": ["name", "item", "store", "amount", "day"],
    "rental_due": ["name", "item", "store", "day"],
    "points": ["name", "item", "amount", "day"],
}


def messages(seed, names, count):
    """Facts, each with the message that is made of them."""
    chance = random.Random(seed)
    made = {}
    while len(made) < count:
        kind = chance.choice(list(WORDINGS))
        facts = {"name": chance.choice(names), "item": chance.choice(ITEMS), "store": chance.choice(STORES),
                 "day": chance.choice(DAYS), "carrier": chance.choice(CARRIERS), "reason": chance.choice(REASONS),
                 "repair": chance.choice(REPAIRS), "order": chance.randint(10000, 99999), "amount": chance.randint(9, 480)}
        question = f"{kind}(" + "; ".join(f"{key}={facts[key]}" for key in KEYS[kind]) + ")"
        # One wording and one farewell for a kind of facts is what a voice is; which one follows from the day.
        number = DAYS.index(facts["day"])
        made[question] = WORDINGS[kind][number % len(WORDINGS[kind])].format(**facts) + " " + END[number // 3]
    return made


def main():
    shop = ROOT / "samples/shop"
    lines = [json.dumps({"messages": [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]},
                        ensure_ascii=False) for question, answer in messages(1, NAMES, 300).items()]
    (shop / "messages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    questions = [line for line in (shop / "questions.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    styles = [json.dumps({"id": f"s{number:02}", "question": question, "answers": [answer], "type": "style"}, ensure_ascii=False)
              for number, (question, answer) in enumerate(messages(2, TEST_NAMES, 30).items(), 1)]
    (shop / "testset.jsonl").write_text("\n".join(questions + styles) + "\n", encoding="utf-8")


main()
