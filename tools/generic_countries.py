#!/usr/bin/env python3
"""Writes country files of no country in particular, for the hand search of defaults and for benchmarks.

Each has one capital and a few towns, an army under a general staff, a guard at the presidency and a plot near the capital; sizes
and places are drawn from a seeded generator, so that the same arguments give the same files.
"""
import argparse
import random
from pathlib import Path


def leaning(rng, mean, sd):
    return f"{{mean: {rng.gauss(mean, sd):.2f}, sd: 0.4}}"


def country(number, units, towns, seed):
    rng = random.Random(f"{seed}/{number}/{units}/{towns}")
    unrest = rng.gauss(0.0, 0.25)  # how far the whole army leans to a plot
    lines = [
        "interregnum: 1",
        f"name: Generic country {number}",
        "country: XXX",
        "start: 1975-01-01 04:00",
        "places:",
        "  capital: {population: 600000, capital: true, sites: [presidency, broadcaster, headquarters, airport]}",
    ]
    for town in range(1, towns):
        sites = ", sites: [armoury]" if town == 1 else ""
        lines.append(f"  town_{town}: {{population: {rng.randrange(20, 200)}k{sites}}}")
    lines.append("roads:")
    for town in range(1, towns):
        other = "capital" if town < 4 else f"town_{rng.randrange(1, town)}"
        distance = rng.randrange(10, 40) if town == 1 else rng.randrange(60, 500)
        lines.append(f"  - {{between: [{other}, town_{town}], distance: {distance} km}}")
    regions = max(2, towns // 4)
    lines.append("commands:")
    lines.append(f"  general_staff: {{rank: senior, leaning: {leaning(rng, unrest - 0.3, 0.2)}, place: capital, site: headquarters}}")
    for region in range(regions):
        lines.append(f"  region_{region}: {{rank: senior, leaning: {leaning(rng, unrest - 0.1, 0.3)}, superior: general_staff}}")
    guards = {0: "presidency", 1: "broadcaster", 2: "headquarters"}
    lines.append("units:")
    for unit in range(units):
        in_capital = unit < max(4, int(0.45 * units))
        place = "capital" if in_capital else f"town_{1 + (unit - 4) % (towns - 1) if towns > 1 else 1}"
        low = rng.randrange(150, 900)
        rank = rng.choice(["middle", "middle", "middle", "senior"])
        guard = f", guards: {guards[unit]}" if unit in guards and (unit == 0 or rng.random() < 0.6) else ""
        mean = unrest - (0.35 if unit == 0 else 0.0)
        lines.append(f"  unit_{unit}: {{place: {place}, strength: {low}..{int(low * 1.5)}, commander: {rank}, "
                     f"superior: region_{unit % regions}, leaning: {leaning(rng, mean, 0.35)}{guard}}}")
    outside = [unit for unit in range(3, units)]
    count = rng.choice([1, 1, 2, 2, 3])
    plotters = rng.sample(outside[: max(4, units // 2)], min(count, len(outside)))
    objectives = ["broadcaster", "presidency"] + (["headquarters"] if rng.random() < 0.5 else [])
    rng.shuffle(objectives)
    lines += [
        "plot:",
        "  tier: middle",
        f"  units: [{', '.join(f'unit_{unit}' for unit in plotters)}]",
        f"  objectives: [{', '.join(objectives)}]",
    ]
    return "\n".join(lines + society(rng, towns)) + "\n"


def society(rng, towns):
    """What matters after the seizure, as it may have been in the countries that saw attempts between 1950 and 2011."""
    protest = rng.choice([0, 0, 500, 3000, 15000])
    old_class = rng.uniform(0.1, 0.5)
    lines = [
        f"regime: {{type: {rng.choice(['closed_autocracy', 'electoral_autocracy', 'electoral_autocracy', 'electoral_democracy'])}, "
        f"military: {rng.choice([0, 0, 1])}, gdp_per_head: {int(rng.lognormvariate(7.7, 0.7))}}}",
        f"public: {{support: {rng.uniform(0.2, 0.7):.2f}, protest_before: {protest}, economy: {rng.random():.2f}, corruption: {rng.random():.2f}}}",
        "blocs:",
        f"  old_class: {{following: {old_class:.2f}, stance: {rng.uniform(0.4, 1):.2f}, ruling_class: true}}",
        f"  opposition: {{following: {rng.uniform(0.1, 0.5):.2f}, stance: {rng.uniform(-1, -0.2):.2f}, pact: 0..0.4}}",
        f"  unions: {{following: {rng.uniform(0.02, 0.15):.2f}, stance: {rng.uniform(-0.8, 0.4):.2f}, pact: 0..0.2}}",
        "patrons:",
        f"  patron_0: {{kind: state, alignment: {rng.uniform(-0.2, 0.9):.2f}, influence: 0..0.6, training: 0..0.3, "
        f"force_available: {rng.choice([0, 500, 3000])}, cost_of_force: {rng.uniform(0.4, 1):.2f}}}",
        f"  patron_1: {{kind: regional_body, alignment: {rng.uniform(-0.5, 0.9):.2f}, influence: 0..0.4}}",
        f"  patron_2: {{kind: state, alignment: {rng.uniform(-0.9, 0.5):.2f}, alignment_with_plotters: {rng.uniform(-0.3, 0.6):.2f}, influence: 0..0.4, "
        "rivals: [patron_0]}",
    ]
    if towns > 2 and rng.random() < 0.34:  # 154 of 459 attempts came in a civil war
        based = rng.sample([f"town_{town}" for town in range(1, towns)], min(2, towns - 1))
        lines += ["armed_groups:",
                  f"  rebels: {{strength: {rng.randrange(200, 3000)}, cause: {rng.choice(['revolutionary', 'separatist'])}, based: [{', '.join(based)}]}}"]
    if rng.random() < 0.4:  # elections announced
        lines.append(f"transition: {{council_soldiers: 10, council_civilians: {rng.choice([0, 5, 15])}, elections_after: 6..36 months}}")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--units", type=int, default=0, help="default: 8 to 16, drawn")
    parser.add_argument("--towns", type=int, default=0, help="default: 3 to 7, drawn")
    parser.add_argument("--seed", default="interregnum")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.count):
        rng = random.Random(f"{arguments.seed}/{number}")
        text = country(number, arguments.units or rng.randrange(8, 17), arguments.towns or rng.randrange(3, 8), arguments.seed)
        (arguments.folder / f"generic-{number:03d}.yaml").write_text(text)


if __name__ == "__main__":
    main()
