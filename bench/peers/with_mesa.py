"""Mesa: every citizen is an agent."""

import math

import mesa

import peer


class Citizen(mesa.Agent):
    def __init__(self, model, town, leaning):
        super().__init__(model)
        self.town = town
        self.side = 0 if leaning <= 0 else 1  # against, for
        self.odds = math.exp(model.question.conviction * abs(leaning))
        self.is_out = False

    def step(self):
        if self.random.random() >= self.model.moved:
            return
        odds = self.odds * self.town.factors[self.side]
        is_out = self.random.random() * (1 + odds / self.model.question.most_out) < odds
        if is_out != self.is_out:
            change = 1 if is_out else -1
            self.town.out[self.side] += change
            self.model.out[self.side] += change
            self.is_out = is_out


class Town:
    def __init__(self, model, town):
        self.people = town.people
        self.out = [0, 0]
        self.factors = [1.0, 1.0]
        self.shock = 0.0
        citizens = [Citizen(model, self, model.random.gauss(town.leaning, 1)) for _ in range(town.people)]
        self.citizens = mesa.agent.AgentSet(citizens, random=model.random)


class Country(mesa.Model):
    def __init__(self, question, seed):
        super().__init__(seed=seed)
        self.question = question
        self.moved, self.shock_kept = peer.shares_of_a_step(question)
        self.towns = [Town(self, town) for town in question.towns]
        self.random.shuffle(self.towns)  # whose turn comes first in every step
        self.people = sum(town.people for town in self.towns)
        self.out = [0, 0]
        self.shock = 0.0

    def step_shock(self, shock, sd):
        return self.shock_kept * shock + sd * math.sqrt(1 - self.shock_kept**2) * self.random.gauss(0, 1)

    def step(self):
        question = self.question
        self.shock = self.step_shock(self.shock, question.shock_country)
        for town in self.towns:
            town.shock = self.step_shock(town.shock, question.shock_place)
            town.factors = [
                peer.factor(question, drive, self.shock + town.shock, here / town.people, everywhere / self.people)
                for drive, here, everywhere in zip((question.drive_against, question.drive_for), town.out, self.out)]
            town.citizens.do("step")


if __name__ == "__main__":
    peer.play(Country)
