"""Counts in the events of simulated seizures what no chronicle of a coup would tell.

    interregnum run FILE --until seizure --replicates N --keep-events N --out results.db --force
    implausibilities.py results.db FILE [results.db FILE ...]

Each line is one country file; figures are per future unless the line says otherwise.
"""

import sqlite3
import sys
from collections import Counter, defaultdict

import yaml

LONG_MARCH_HOURS = 12.0


def setting(path):
    """Names of the places at the front (an armed group is there, or a road away), the capital, the plot's units."""
    with open(path, encoding="utf-8") as file:
        country = yaml.safe_load(file)
    hot = set()
    for group in (country.get("armed_groups") or {}).values():
        hot.update(group.get("based") or [])
        hot.update(group.get("holds") or [])
    near = set(hot)
    for road in country.get("roads") or []:
        left, right = road["between"]
        if left in hot:
            near.add(right)
        if right in hot:
            near.add(left)
    places = country["places"]
    capital = next(place for place, entry in places.items() if (entry or {}).get("capital"))
    near.discard(capital)
    name = lambda place: (places[place] or {}).get("name", place)
    plot = {country["units"][unit].get("name", unit) for unit in country["plot"]["units"]}
    return {name(place) for place in near}, name(capital), plot


class Future:
    """One future, read event by event."""

    def __init__(self, capital, front, plot):
        self.capital = capital
        self.plot = plot  # names of the units that move first: they go where the plan says
        self.front = front
        self.hands = Counter()  # by site
        self.declarations = Counter()  # by actor
        self.held = set()  # sites in the hands of the plot
        self.marches = {}  # actor: hour, place from which, site to which
        self.arrivals = Counter()
        self.over = None
        self.found = Counter()

    def take(self, hour, event, actor, place, site, belief, text):
        spot = (place, site)
        if event in ("site_taken", "site_retaken"):
            self.hands[spot] += 1
            (self.held.add if event == "site_taken" else self.held.discard)(spot)
        elif event == "ruler_resigns":
            self.found["resigned"] += 1
            self.found["resigned, belief below a half"] += belief < 0.5
            self.found["resigned, no site held"] += not self.held
        elif event in ("unit_joins", "unit_resists", "unit_stands_aside", "guards_go_over"):
            self.declarations[actor] += 1
            self.end_march(actor, hour)
        elif event == "column_sets_out":
            self.end_march(actor, hour)
            to_capital = text.rstrip().endswith("in " + self.capital)
            self.marches[actor] = (hour, place, to_capital and self.over is None)
            if to_capital and place in self.front and actor not in self.plot:
                self.found["set out from a front"] += 1
        elif event == "column_arrives":
            self.end_march(actor, hour)
            self.arrivals[round(hour, 9)] += 1
        elif event in ("power_taken", "power_lost", "plot_dispersed", "day_seven_decides"):
            self.over = hour

    def end_march(self, actor, hour):
        if actor not in self.marches:
            return
        began, place, to_capital = self.marches.pop(actor)
        if to_capital and hour - began > LONG_MARCH_HOURS:
            self.found["marched for more than 12 hours"] += 1

    def end(self):
        for actor in list(self.marches):
            self.end_march(actor, self.over or 0.0)
        most = max(self.hands.values(), default=0)
        self.found["changes of hands"] += sum(self.hands.values())
        self.found["a site changed hands more than 3 times"] += most > 3
        self.found["a unit declared more than 3 times"] += max(self.declarations.values(), default=0) > 3
        self.found["two columns arrived at the same time"] += any(count > 1 for count in self.arrivals.values())
        return most


def count(results, country_file):
    front, capital, plot = setting(country_file)
    database = sqlite3.connect(results)
    events = defaultdict(list)
    for replicate, *event in database.execute(
        "select replicate, hour, event, actor, place, site, belief, text from events order by replicate, position"
    ):
        events[replicate].append(event)
    total, most = Counter(), 0
    for replicate in sorted(events):
        future = Future(capital, front, plot)
        for event in events[replicate]:
            if event[1] != "deaths":
                future.take(*event)
        most = max(most, future.end())
        total.update(future.found)
    futures = len(events)
    outcomes = dict(database.execute("select outcome, count(*) from replicates group by outcome"))
    print(f"{country_file}: {futures} futures; outcomes {outcomes}")
    print(f"  {'most changes of hands of one site':45} {most}")
    for name in sorted(total):
        print(f"  {name:45} {total[name] / futures:.4f}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if not arguments or len(arguments) % 2:
        sys.exit(__doc__)
    for results, country_file in zip(arguments[::2], arguments[1::2]):
        count(results, country_file)
