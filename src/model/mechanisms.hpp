#pragma once

#include "model/mechanism.hpp"

namespace interregnum {

/// Draws who has the first turn in a step: State::places_first and the like.
void start_precedence(Country& country);

/// The mechanisms, in the order of a step. Each row: its name in the keys of parameters; its parameters, with their
/// rank in lists; its part of the state; the calls that start it, with their ranks among all; its step. Ranks are tens
/// apart, so that a new row changes no other.
///
/// The seizure and the onset have no step here: `engine/replicate.cpp` plays an attempt, and asks whether a plot moves,
/// between steps. Starts have another order than steps: the public settles last, as the support of the country file is
/// that of people who know the blocs' words, the armed groups' towns and the patrons' courses.
inline constexpr auto mechanisms = std::tuple{
    Mechanism{"clock", parameters(10, &Theta::clock, clock_parameters), nothing, starts(), nothing},
    Mechanism{"precedence", nothing, nothing, starts(Start{5, start_precedence}), nothing},
    Mechanism{"rulers", nothing, &State::rulers, starts(Start{10, start_rulers}), nothing},
    Mechanism{"seizure", parameters(30, &Theta::seizure, seizure_parameters), &State::seizure, starts(), nothing},
    Mechanism{"lessons", parameters(90, &Theta::lessons, lessons_parameters), &State::lessons,
              starts(Start{30, start_lessons}), step_lessons},
    Mechanism{"insurgency", parameters(60, &Theta::insurgency, insurgency_parameters), &State::war,
              starts(Start{60, start_insurgency}), step_insurgency},
    Mechanism{"patrons", parameters(70, &Theta::patrons, patrons_parameters), &State::patrons,
              starts(Start{70, start_patrons}), step_patrons},
    Mechanism{"blocs", parameters(50, &Theta::blocs, blocs_parameters), &State::blocs, starts(Start{50, start_blocs}),
              step_blocs},
    Mechanism{"public", parameters(40, &Theta::people, public_parameters), &State::people,
              starts(Start{40, start_public}, Start{80, settle_public}), step_public},
    Mechanism{"consolidation", parameters(80, &Theta::consolidation, consolidation_parameters), &State::country,
              starts(Start{20, start_consolidation}), step_consolidation},
    Mechanism{"onset", parameters(20, &Theta::onset, onset_parameters), &State::onset, starts(Start{90, start_onset}),
              nothing},
};
static_assert(ranks_are_distinct<mechanisms>(), "two mechanisms have one name, or two starts or lists one rank");
static_assert(size_of_parameters<mechanisms>() == sizeof(Theta), "a part of Theta has no row");

}  // namespace interregnum
