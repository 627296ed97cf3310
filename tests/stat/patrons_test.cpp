#include "model/patrons.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "stage.hpp"

// Foreign patrons against closed forms. Every share is compared by `expect_share`, whose false-alarm rate is 1e-6.
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 20000;
constexpr double week = 168.0;

std::string with_patron(const std::string& fields) {
  return test::small_country() + "patrons:\n  power: {kind: state, " + fields + "}\n";
}

/// A junta without crowds; whoever has a course to take takes it within the week (but for a chance of exp(-200)).
Theta quick_theta() {
  Theta theta = default_theta();
  theta.patrons.first_rate = 200.0;
  theta.patrons.crowds = theta.patrons.crowds_against_force = 0.0;
  return theta;
}

std::array<double, 6> courses_toward_a_junta(const World& world, const Theta& theta) {
  std::array<double, 6> courses{};
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_patrons(stage.country);
    EXPECT_TRUE(stage.state.patrons.patrons[0].has_spoken);
    ++courses[static_cast<std::size_t>(stage.state.patrons.patrons[0].posture)];
  }
  return courses;
}

/// Courses 0 to 4 lie on a line from recognition to sanctions; `force` is the utility of the sixth.
void expect_logit(const std::array<double, 6>& courses, const PatronsTheta& theta, double hostility, double force) {
  std::array<double, 6> weights{};
  double sum = 0;
  for (int course = 0; course < 6; ++course) {
    const double steps = course - 2;
    const double utility = course == 5 ? force : hostility * steps - 0.5 * theta.curvature * steps * steps;
    weights[static_cast<std::size_t>(course)] = std::exp(theta.precision * utility);
    sum += weights[static_cast<std::size_t>(course)];
  }
  for (std::size_t course = 0; course < 6; ++course) expect_share(courses[course], count, weights[course] / sum);
}

constexpr double impossible = -1e9;

// The junta of a file without a transition has dissolved the government, is headed by soldiers and keeps no date for
// elections: order is wholly broken.
TEST(Patrons, ChooseTheirCourseAsTheLogitOfItsUtilities) {
  const World world = test::world_of(with_patron("alignment: 0.3, alignment_with_plotters: 0.5"));
  for (const double precision : {0.7, 2.5}) {
    Theta theta = quick_theta();
    theta.patrons.precision = precision;
    const double hostility = 0.3 * theta.patrons.alignment - 0.5 * theta.patrons.plotters + theta.patrons.broken_order;
    expect_logit(courses_toward_a_junta(world, theta), theta.patrons, hostility, impossible);
  }
}

TEST(Patrons, SendSoldiersAsTheLogitOfCostPretextAndHostility) {
  const World world = test::world_of(with_patron("alignment: 0.4, force_available: 1000, cost_of_force: 0.2"));
  Theta theta = quick_theta();
  theta.patrons.mandate_rate = 0.0;
  const double hostility = 0.4 * theta.patrons.alignment + theta.patrons.broken_order;
  const double force = -theta.patrons.cost * 0.2 + theta.patrons.pretext * theta.patrons.pretext_order +
                       theta.patrons.unmandated * hostility;
  expect_logit(courses_toward_a_junta(world, theta), theta.patrons, hostility, force);
}

TEST(Patrons, WhoAreRegionalBodiesMindBrokenOrderMore) {
  const World world = test::world_of(test::small_country() + "patrons:\n  body: {kind: regional_body, alignment: 0}\n");
  const Theta theta = quick_theta();
  expect_logit(courses_toward_a_junta(world, theta), theta.patrons,
               theta.patrons.broken_order * theta.patrons.order_of_bodies, impossible);
}

TEST(Patrons, BeginOnTermsWithTheRulerAsTheyAreAligned) {
  for (const auto& [alignment, posture] : {std::pair{"0.4", Posture::recognise}, {"-0.4", Posture::engage}}) {
    const World world = test::world_of(with_patron(std::string("alignment: ") + alignment));
    Stage stage(world, default_theta(), 0);
    EXPECT_EQ(stage.state.patrons.patrons[0].posture, posture);
    EXPECT_EQ(stage.state.country.sanctions, 0.0);
  }
}

TEST(Patrons, ArriveAfterAnExponentialTime) {
  const World world = test::world_of(with_patron("alignment: 0.4, force_available: 1000, force_present: 50"));
  Theta theta = default_theta();
  theta.patrons.rate = theta.patrons.first_rate = 0.0;  // what was decided is decided
  std::array<double, 3> there{};
  constexpr std::array<int, 3> days{5, 20, 60};
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.state.patrons.patrons[0].posture = Posture::intervene;
    stage.state.patrons.patrons[0].hostility = 1.0;
    for (int day = 1; day <= days.back(); ++day) {
      stage.pass(24.0);
      step_patrons(stage.country);
      for (std::size_t date = 0; date < days.size(); ++date)
        there[date] += day == days[date] && stage.state.patrons.hostile_force == 1050.0 ? 1.0 : 0.0;
    }
  }
  for (std::size_t date = 0; date < days.size(); ++date)
    expect_share(there[date], count, 1.0 - std::exp(-days[date] / theta.patrons.deployment_days));
}

double mandates_within_a_year(const World& world, const Theta& theta, Posture posture_of_last) {
  double mandates = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.state.patrons.patrons.back().has_spoken = true;
    stage.state.patrons.patrons.back().posture = posture_of_last;
    for (int number = 0; number < 52; ++number) {
      stage.pass(hours_per_year / 52.0);
      step_patrons(stage.country);
    }
    mandates += stage.state.patrons.mandate ? 1.0 : 0.0;
  }
  return mandates;
}

TEST(Patrons, GiveMandatesAtARateThatGrowsWithThePretextUnlessOneIsBlocked) {
  const World world = test::world_of(test::small_country() +
                                     "patrons:\n  council: {kind: organisation, alignment: 0, gives_mandates: true}\n"
                                     "  power: {kind: state, alignment: 0, force_available: 1000}\n"
                                     "  veto: {kind: state, alignment: 0, can_block_mandates: true}\n");
  Theta theta = default_theta();
  theta.patrons.rate = theta.patrons.first_rate = 0.0;
  const double pretext = theta.patrons.pretext_order;  // of wholly broken order, and nothing else
  const double rate = theta.patrons.mandate_rate * pretext * std::exp(theta.patrons.mandate_pretext * pretext);
  expect_share(mandates_within_a_year(world, theta, Posture::wait), count, 1.0 - std::exp(-rate));
  EXPECT_EQ(mandates_within_a_year(world, theta, Posture::recognise), 0.0);
}

TEST(Patrons, SanctionWithTheWeightOfTheirInfluence) {
  const World world = test::world_of(test::small_country() +
                                     "patrons:\n  one: {kind: state, alignment: 0, influence: 0.3}\n"
                                     "  two: {kind: state, alignment: 0, influence: 0.5}\n  union: {kind: "
                                     "regional_body, alignment: 0, influence: 0.4}\n");
  Theta theta = default_theta();
  theta.patrons.rate = theta.patrons.first_rate = 0.0;
  Stage stage(world, theta, 0);
  junta_takes_power(stage.country);
  auto& patrons = stage.state.patrons.patrons;
  const auto step = [&] {
    stage.pass(24.0);
    step_patrons(stage.country);
  };
  step();
  EXPECT_EQ(stage.state.country.sanctions, 0.0);
  patrons[0].posture = Posture::sanction;
  step();
  EXPECT_EQ(stage.state.country.sanctions, 0.3);
  patrons[1].posture = Posture::sanction;
  step();
  EXPECT_EQ(stage.state.country.sanctions, 0.8);
  EXPECT_EQ(stage.state.patrons.envoys, 0.0);
  patrons[2].posture = Posture::sanction;
  patrons[2].has_spoken = true;
  step();
  EXPECT_EQ(stage.state.country.sanctions, 1.0);  // never more than full
  EXPECT_EQ(stage.state.patrons.envoys, 0.4);
}

/// How much oftener the first patron takes course `posture` toward a junta in the second world, in standard errors.
double oftener_z(const World& first, const World& second, const Theta& theta, Posture posture) {
  const auto takes_it = [&](const World& world, std::uint64_t replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_patrons(stage.country);
    return stage.state.patrons.patrons[0].posture == posture ? 1.0 : 0.0;
  };
  return test::paired_z(
      4000, [&](std::uint64_t replicate) { return takes_it(second, replicate) - takes_it(first, replicate); });
}

// More than 5 standard errors each, which a model without the effect shows with probability 3e-7.
TEST(Patrons, InterveneLessWhereForceIsDearerRecogniseFriendsAndSanctionTheirFriendsEnemies) {
  const std::string text =
      with_patron("alignment: 0.2, alignment_with_plotters: 0, force_available: 1000, cost_of_force: 0.2");
  const Theta theta = quick_theta();
  const World world = test::world_of(text);
  EXPECT_LT(oftener_z(world, test::world_of(text, {"patrons.power.cost_of_force=0.5"}), theta, Posture::intervene),
            -5.0);
  EXPECT_GT(
      oftener_z(world, test::world_of(text, {"patrons.power.alignment_with_plotters=0.9"}), theta, Posture::recognise),
      5.0);
  const std::string unarmed = with_patron("alignment: 0.2");
  EXPECT_GT(oftener_z(test::world_of(unarmed), test::world_of(unarmed, {"patrons.power.alignment=0.9"}), theta,
                      Posture::sanction),
            5.0);
}

TEST(Patrons, WithoutSoldiersSendNone) {
  const World world = test::world_of(with_patron("alignment: 1, force_available: 0, cost_of_force: 0"));
  EXPECT_EQ(courses_toward_a_junta(world, quick_theta())[5], 0.0);
}

// A group that holds a town is called extremist by a patron that thinks again with the chance of the parameter, and
// only if it is jihadist.
TEST(Patrons, CallJihadistsWhoHoldATownExtremist) {
  const std::string groups =
      "armed_groups:\n  band: {strength: 100, cause: jihadist, holds: [province]}\n"
      "  others: {strength: 100, cause: separatist, holds: [barracks]}\n";
  const World world = test::world_of(with_patron("alignment: 0.3") + groups);
  const Theta theta = quick_theta();
  double labelled = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    stage.pass(week);
    step_patrons(stage.country);
    labelled += stage.state.patrons.labels[0] != 0 ? 1.0 : 0.0;
    ASSERT_EQ(stage.state.patrons.labels[1], 0);
    const double lost = stage.state.patrons.labels[0] != 0 ? 90.0 / 710.0 : 0.0;
    ASSERT_NEAR(pretext_of(stage.country, 0),
                theta.patrons.pretext_order + theta.patrons.pretext_towns * lost / (lost + theta.patrons.pretext_half),
                1e-9);
  }
  expect_share(labelled, count, theta.patrons.label_chance);
}

}  // namespace
}  // namespace interregnum
