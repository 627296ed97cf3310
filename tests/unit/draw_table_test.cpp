#include "model/draw_table.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace interregnum {
namespace {

std::vector<Theta> from_priors(std::size_t count) {
  std::vector<Theta> thetas;
  for (std::size_t draw = 0; draw < count; ++draw) {
    thetas.push_back(draw_theta(default_theta(), 1, draw));
    thetas.back().seizure.level.set(1974, static_cast<double>(draw) - 0.5);
    thetas.back().onset.level.set(2030, 0.25 * static_cast<double>(draw));
  }
  return thetas;
}

/// In single precision, but within the bounds.
std::vector<Theta> rounded(std::vector<Theta> thetas) {
  for (Theta& theta : thetas) {
    for (const ParameterEntry& parameter : parameter_list()) {
      double& value = parameter.value(theta);
      const double single = static_cast<float>(value);
      value = single >= parameter.low && single <= parameter.high ? single : parameter.high;
    }
  }
  return thetas;
}

void expect_same_bits(const ThetaDraws& draws, const ThetaDraws& others) {
  ASSERT_EQ(draws.size(), others.size());
  for (std::size_t number = 0; number < draws.size(); ++number) {
    Theta one = draws.draw(number), other = others.draw(number);
    for (const ParameterEntry& parameter : parameter_list())
      EXPECT_EQ(std::bit_cast<std::uint64_t>(parameter.value(one)),
                std::bit_cast<std::uint64_t>(parameter.value(other)))
          << parameter.key << " of draw " << number;
    for (int year = YearLevels::first; year <= YearLevels::last; ++year) {
      EXPECT_EQ(one.seizure.level.of(year), other.seizure.level.of(year));
      EXPECT_EQ(one.onset.level.of(year), other.onset.level.of(year));
    }
  }
}

nlohmann::json table_of(const ThetaDraws& draws) { return nlohmann::json::parse(draw_table(draws)); }

std::string refusal_of(const std::string& text) {
  try {
    read_draw_table(text, "t.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

// One, two and three draws of any number of parameters end in base64 in every way.
TEST(DrawTable, EveryBitIsReadAgain) {
  for (std::size_t count = 1; count <= 4; ++count) {
    const ThetaDraws draws(from_priors(count));
    const std::string text = draw_table(draws);
    EXPECT_TRUE(is_draw_table(text));
    expect_same_bits(read_draw_table(text, "t.json"), draws);
    EXPECT_EQ(draw_table(read_draw_table(text, "t.json")), text);
  }
}

TEST(DrawTable, OneSetOfValuesIsATableToo) {
  const nlohmann::json table = table_of(default_theta());
  EXPECT_EQ(table["same_in_all"].size(), parameter_list().size() + 2 * (YearLevels::last - YearLevels::first + 1));
  EXPECT_EQ(table["names"].size(), 0U);
  EXPECT_EQ(table["values"], "");
  expect_same_bits(read_draw_table(table.dump(), "t.json"), default_theta());
}

TEST(DrawTable, NumbersAreAsShortAsTheirBitsAllow) {
  EXPECT_EQ(table_of(ThetaDraws(from_priors(3)))["numbers"], "float64");
  // The bounds that `rounded` falls back on may be decimals that no single holds; the signs of zero are two values.
  std::vector<Theta> thetas(3, default_theta());
  thetas[1].lessons.unity_gain = 0.25;
  thetas[2].lessons.unity_gain = -0.0;
  thetas[0].lessons.unity_gain = 0.0;
  const nlohmann::json table = table_of(ThetaDraws(thetas));
  EXPECT_EQ(table["numbers"], "float32");
  EXPECT_EQ(table["names"], nlohmann::json::array({"theta.lessons.unity_gain"}));
  EXPECT_EQ(table["values"], "AAAAAAAAgD4AAACA");  // 0, 1/4, -0, least significant byte first (RFC 4648)
  expect_same_bits(read_draw_table(table.dump(), "t.json"), ThetaDraws(thetas));
  expect_same_bits(read_draw_table(draw_table(ThetaDraws(rounded(from_priors(3)))), "t.json"),
                   ThetaDraws(rounded(from_priors(3))));
}

TEST(DrawTable, SettingsAreInIt) {
  ThetaDraws draws(from_priors(2));
  draws.set("theta.seizure.momentum", "0.5");
  EXPECT_EQ(table_of(draws)["same_in_all"]["theta.seizure.momentum"], 0.5);
  expect_same_bits(read_draw_table(draw_table(draws), "t.json"), draws);
}

TEST(DrawTable, WhatIsNoneIsRefusedWithThePlace) {
  const nlohmann::json good = table_of(ThetaDraws(from_priors(2)));
  ASSERT_EQ(refusal_of(good.dump()), "");
  const std::string key = good["names"][0].get<std::string>();
  struct Damage {
    std::function<void(nlohmann::json&)> done;
    std::string message;
  };
  const std::vector<Damage> damages{
      {[](auto& t) { t = nlohmann::json::array(); }, "is no table of draws (it has the key \"interregnum_draws\""},
      {[](auto& t) { t.erase("interregnum_draws"); }, "is no table of draws"},
      {[](auto& t) { t["interregnum_draws"] = 2; }, "interregnum_draws: is 2; this program reads format 1"},
      {[](auto& t) { t.erase("names"); }, "names: is missing"},
      {[](auto& t) { t["names"] = "all"; }, "names: is not a list"},
      {[](auto& t) { t["names"][0] = 1; }, "names: are not all texts"},
      {[](auto& t) { t["names"][1] = t["names"][0]; }, ": is there twice"},
      {[](auto& t) { t["names"][0] = "theta.onset.recnet"; },
       "the model has no parameter 'theta.onset.recnet' (did you mean 'theta.onset.recent'?)"},
      {[](auto& t) { t["names"].erase(0); }, key + ": is missing (every parameter of the model must be there)"},
      {[&](auto& t) { t["same_in_all"][key] = 0; }, key + ": is there twice"},
      {[](auto& t) { t["same_in_all"] = 3; }, "same_in_all: is not a mapping"},
      {[](auto& t) { t["same_in_all"]["theta.clock.fine_step"] = "day"; }, "theta.clock.fine_step: is not a number"},
      {[](auto& t) { t["same_in_all"]["theta.clock.fine_step"] = 1000; },
       "theta.clock.fine_step: is 1000; the model takes 1 to 168"},
      {[](auto& t) { t["draws"] = 0; }, "draws: are 0; from 1 to 1000000 are taken"},
      {[](auto& t) { t["draws"] = 4'000'000'000'000'000'000; }, "draws: are 4000000000000000000"},
      {[](auto& t) { t["draws"] = -2; }, "draws: is not a whole number"},
      {[](auto& t) { t["draws"] = 3; }, "values: have "},
      {[](auto& t) { t["numbers"] = "float16"; }, "numbers: is 'float16'; float32 or float64 are known"},
      {[](auto& t) { t["values"] = t["values"].template get<std::string>().substr(4); }, "values: have "},
      {[](auto& t) { t["values"].template get_ref<std::string&>()[5] = '*'; }, "values: are not base64"},
      {[](auto& t) { t["values"].template get_ref<std::string&>()[5] = '='; }, "values: are not base64"},
      {[](auto& t) { t["values"].template get_ref<std::string&>().replace(0, 12, "////////////"); },
       "nan; the model takes"},
  };
  for (const Damage& damage : damages) {
    nlohmann::json table = good;
    damage.done(table);
    const std::string said = refusal_of(table.dump());
    EXPECT_TRUE(said.starts_with("t.json: ")) << said;
    EXPECT_NE(said.find(damage.message), std::string::npos) << said << "\n instead of: " << damage.message;
  }
  EXPECT_EQ(refusal_of("{\"interregnum_draws\": 1,"), "t.json: is not JSON (byte 25)");
  EXPECT_EQ(refusal_of("{\"interregnum_draws\": 1e999}"), "t.json: holds a number that is too large");
}

}  // namespace
}  // namespace interregnum
