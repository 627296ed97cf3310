"""Vectorised numpy: the citizens of a town are arrays."""

import numpy as np

import peer


class Town:
    def __init__(self, question, town, random):
        leaning = town.leaning + random.standard_normal(town.people)
        self.people = town.people
        self.against = leaning <= 0
        self.odds = np.exp(question.conviction * np.abs(leaning))
        self.is_out = np.zeros(town.people, dtype=bool)
        self.out = np.zeros(2)  # against, for
        self.shock = 0.0


class Country:
    def __init__(self, question, seed):
        self.question = question
        self.random = np.random.default_rng(seed)
        self.moved, self.shock_kept = peer.shares_of_a_step(question)
        self.towns = [Town(question, town, self.random) for town in question.towns]
        self.random.shuffle(self.towns)  # whose turn comes first in every step
        self.people = sum(town.people for town in self.towns)
        self.out = np.zeros(2)
        self.shock = 0.0

    def step_shock(self, shock, sd):
        return self.shock_kept * shock + sd * (1 - self.shock_kept**2) ** 0.5 * self.random.standard_normal()

    def step(self):
        self.shock = self.step_shock(self.shock, self.question.shock_country)
        for town in self.towns:
            self.step_town(town)

    def step_town(self, town):
        question = self.question
        town.shock = self.step_shock(town.shock, question.shock_place)
        against, supporting = (
            peer.factor(question, drive, self.shock + town.shock, here / town.people, everywhere / self.people)
            for drive, here, everywhere in zip((question.drive_against, question.drive_for), town.out, self.out))
        odds = town.odds * np.where(town.against, against, supporting)
        thinks_again = self.random.random(town.people) < self.moved
        would_be_out = self.random.random(town.people) * (1 + odds / question.most_out) < odds
        town.is_out = np.where(thinks_again, would_be_out, town.is_out)
        self.out -= town.out
        everybody = np.count_nonzero(town.is_out)
        town.out[0] = np.count_nonzero(town.is_out & town.against)
        town.out[1] = everybody - town.out[0]
        self.out += town.out


if __name__ == "__main__":
    peer.play(Country)
