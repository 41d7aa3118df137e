"""Makes samples/products: attribute sheets, descriptions in the house voice, and a test set of products that no training example names.

    python reference/sample/make_products.py

The sentences were written by hand; facts are put into them. The same seed makes the same files.
"""
import json
import pathlib
import random
import shutil

HERE = pathlib.Path(__file__).resolve().parents[2] / "samples" / "products"
TRAINED, TESTED, TEXTS = 200, 40, 2

STEMS = """Skarn Lyng Brekke Fonna Hauk Tjern Rype Vidde Gneis Bjerk Stille Storm Halla Nordre Aksel Solvi Varde Krokan Mella
Rauma Tinde Ulvik Grane Osen Vinje Dalen Eidet Fjord Heia Isen Jutul Kvist Lune Mosa Narve Orre Perle Rimfrost Sival Trolla""".split()
COLOURS = ["moss green", "slate grey", "rust red", "midnight blue", "sand", "cloudberry orange", "birch white", "peat brown", "lichen yellow", "fjord blue"]

# For each kind: two attributes of its own with their values, materials, weights in grams, prices in euros, and openings.
KINDS = {
    "Tent": dict(
        own={"sleeps": ["one", "two", "three", "four"], "water column": ["2,000 mm", "3,000 mm", "4,000 mm", "5,000 mm"]},
        material=["ripstop nylon", "recycled polyester", "silicone-coated nylon", "cotton canvas"], weight=(1100, 4200), price=(189, 690),
        says=["It sleeps {sleeps} and keeps out a water column of {water column}.",
              "Room for {sleeps}, rain for nobody: the water column is {water column}.",
              "Inside it sleeps {sleeps}; outside it shrugs off {water column} of water."]),
    "Backpack": dict(
        own={"volume": ["18 litres", "28 litres", "35 litres", "48 litres", "65 litres"], "back length": ["short", "regular", "long", "adjustable"]},
        material=["recycled polyester", "waxed cotton", "ripstop nylon", "tarpaulin"], weight=(480, 2100), price=(79, 320),
        says=["It swallows {volume} and comes with a back length that is {back length}.",
              "There is room for {volume}, and the back length is {back length}, as backs are.",
              "Pack {volume} of good intentions; the back length is {back length}."]),
    "Sleeping Bag": dict(
        own={"comfort": ["8 °C", "3 °C", "-2 °C", "-7 °C", "-12 °C"], "filling": ["goose down", "duck down", "recycled fibre", "merino wool"]},
        material=["brushed polyester", "ripstop nylon", "organic cotton", "recycled nylon"], weight=(620, 1900), price=(119, 540),
        says=["The filling is {filling}, and the comfort is honest down to {comfort}.",
              "Filled with {filling}, it keeps its comfort at {comfort}.",
              "At {comfort} you will still find comfort; the filling of {filling} sees to that."]),
    "Stove": dict(
        own={"fuel": ["gas", "alcohol", "petrol", "twigs"], "boils a litre in": ["3 minutes", "4 minutes", "6 minutes", "9 minutes"]},
        material=["titanium", "stainless steel", "anodised aluminium", "brass"], weight=(75, 680), price=(39, 240),
        says=["It runs on {fuel} and boils a litre in {boils a litre in}.",
              "Feed it {fuel}; it boils a litre in {boils a litre in} and asks no thanks.",
              "It boils a litre in {boils a litre in}, on nothing but {fuel}."]),
    "Jacket": dict(
        own={"lining": ["merino wool", "recycled fleece", "cotton flannel", "goose down"], "pockets": ["two", "three", "five", "six"]},
        material=["waxed cotton", "three-layer shell", "boiled wool", "recycled polyester"], weight=(310, 1400), price=(129, 480),
        says=["It counts {pockets} pockets, and the lining is {lining}.",
              "It has {pockets} pockets for what matters, and its lining is {lining}.",
              "Under it, a lining of {lining}; on it, {pockets} pockets."]),
    "Headlamp": dict(
        own={"light": ["200 lumens", "350 lumens", "500 lumens", "900 lumens"], "burns for": ["6 hours", "12 hours", "20 hours", "40 hours"]},
        material=["anodised aluminium", "recycled plastic", "magnesium", "birch plywood"], weight=(48, 210), price=(29, 140),
        says=["It throws a light of {light} and burns for {burns for}.",
              "With {light} of light it burns for {burns for}, which is most of a night.",
              "It burns for {burns for} and gives {light} of light to the path, not to the moths."]),
    "Bottle": dict(
        own={"holds": ["0.4 litres", "0.6 litres", "0.8 litres", "1.2 litres"], "keeps hot for": ["6 hours", "10 hours", "14 hours", "24 hours"]},
        material=["stainless steel", "enamelled steel", "titanium", "recycled aluminium"], weight=(160, 640), price=(19, 75),
        says=["It holds {holds} and keeps hot for {keeps hot for}.",
              "Fill it: it holds {holds}, and the tea keeps hot for {keeps hot for}.",
              "It keeps hot for {keeps hot for} whatever it holds, and it holds {holds}."]),
    "Boots": dict(
        own={"height": ["ankle", "mid", "high"], "sole": ["grippy rubber", "soft crepe", "studded rubber", "stiff fibreglass"]},
        material=["full-grain leather", "nubuck leather", "recycled polyester", "felted wool"], weight=(720, 1900), price=(99, 360),
        says=["The height is {height}, the sole is {sole}.",
              "Cut at a {height} height, on a sole of {sole}.",
              "A sole of {sole} below, a {height} height above, and you in between."]),
}
OPENINGS = ["Say hello to the {name}.", "Meet the {name}, friend.", "The {name} has been out in worse than this.", "Some days ask for the {name}.",
            "We made the {name} for people who go anyway."]
MADE = ["We make it of {material} in {colour}, and we make it to be mended.", "It is all {material}, in a {colour} that forgives mud.",
        "Honest {material}, {colour}, no fuss.", "Cut from {material} in {colour}, because grandmother would have."]
COSTS = ["It weighs {weight} and asks {price} of you, once.", "{weight} on the scale, {price} at the till.",
         "You carry {weight}; you pay {price}; you keep it for years.", "At {weight} you will forget it is there, and at {price} you may tell everyone."]
CLOSINGS = ["See you out there.", "Leave the weather to us.", "The kettle is on when you are back.", "Go well, go slowly."]


def weight(random, low, high):
    grams = random.randrange(low, high, 10)
    return f"{grams} g" if grams < 1000 else f"{grams / 1000:.2f}".rstrip("0").rstrip(".") + " kg"


def main():
    random_ = random.Random(6)
    names = [(stem, kind) for stem in STEMS for kind in KINDS]
    random_.shuffle(names)
    shutil.rmtree(HERE / "documents", ignore_errors=True)
    training, testset = [], []
    for number, (stem, kind) in enumerate(names[: TRAINED + TESTED]):
        spec = KINDS[kind]
        name = f"{stem} {kind}"
        facts = {key: random_.choice(values) for key, values in spec["own"].items()}
        facts |= {"material": random_.choice(spec["material"]), "colour": random_.choice(COLOURS),
                  "weight": weight(random_, *spec["weight"]), "price": f"€{random_.randrange(*spec['price'])}"}
        file = f"{kind.lower().replace(' ', '-')}/{name.lower().replace(' ', '-')}.md"
        path = HERE / "documents" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n\n" + "".join(f"- {key}: {value}\n" for key, value in facts.items()), encoding="utf-8")
        texts = set()
        while len(texts) < TEXTS:
            parts = [random_.choice(OPENINGS), random_.choice(spec["says"]), random_.choice(MADE), random_.choice(COSTS), random_.choice(CLOSINGS)]
            text = " ".join(parts)
            for key, value in (facts | {"name": name}).items():
                text = text.replace("{" + key + "}", value)
            texts.add(text)
        question = f"Describe the {name}."
        if number < TRAINED:
            training += [{"prompt": question, "completion": text} for text in sorted(texts)]
        else:
            testset.append({"id": f"p{number - TRAINED + 1:02d}", "question": question, "answers": sorted(texts), "documents": [file], "type": "style"})
    for file, lines in (("training.jsonl", training), ("testset.jsonl", testset)):
        (HERE / file).write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


main()
