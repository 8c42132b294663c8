// What a result says of an amount, and on which clauses it rests.
#include "shared/benefits/amount.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace chuncheng {
namespace {

Benefit Monthly() {
  Benefit out;
  out.id = "b";
  out.kind = PayKind::Money;
  out.per = "person-month";
  out.amount_cite = {"s#amount"};
  for (const char* per : {"", "once", "once", ""}) {
    Row row;
    row.id = "r" + std::to_string(out.rows.size());
    row.per = per;
    row.cite = {"s#" + row.id};
    out.rows.push_back(std::move(row));
  }
  return out;
}

AmountRange Reaching(std::vector<int> rows) { return {true, false, {100, 200}, std::move(rows)}; }

TEST(Amount, IsForOnePeriodOrSaysThatItIsNot) {
  const Benefit benefit = Monthly();
  const auto per = [&](std::vector<int> rows) { return WriteAmount(benefit, Reaching(std::move(rows))).at("per"); };
  EXPECT_EQ(per({}), "person-month");
  EXPECT_EQ(per({0}), "person-month");
  EXPECT_EQ(per({0, 3}), "person-month");
  EXPECT_EQ(per({1}), "once");
  EXPECT_EQ(per({1, 2}), "once");
  EXPECT_EQ(per({0, 1}), "mixed");
  EXPECT_EQ(per({1, 2, 3}), "mixed");
}

TEST(Amount, SaysWhatIsPublished) {
  Benefit benefit = Monthly();
  EXPECT_EQ(json::serialize(WriteAmount(benefit, Reaching({0}))), R"({"kind":"money","per":"person-month","min":100,"max":200,"rows":["r0"]})");
  AmountRange amount = Reaching({0, 3});
  amount.unpublished = true;
  EXPECT_EQ(json::serialize(WriteAmount(benefit, amount)),
            R"({"kind":"money","per":"person-month","min":100,"max":200,"partly_unpublished":true,"rows":["r0","r3"]})");
  amount.published = false;
  EXPECT_EQ(json::serialize(WriteAmount(benefit, amount)), R"({"kind":"unpublished","per":"person-month","rows":["r0","r3"]})");
  benefit.form = AmountForm::Unpublished;
  EXPECT_EQ(json::serialize(WriteAmount(benefit, {})), R"({"kind":"unpublished","per":"person-month"})");
  benefit.form = AmountForm::InKind;
  benefit.kind = PayKind::Service;
  EXPECT_EQ(json::serialize(WriteAmount(benefit, {})), R"({"kind":"service","per":"person-month"})");
}

TEST(Amount, RestsOnItsRowsAndWithoutFiguresOnItsOwnClauses) {
  using Cites = std::vector<std::string>;
  const Pack pack;
  Benefit benefit = Monthly();
  const Day day = 20000;
  EXPECT_EQ(AmountCites(pack, benefit, Reaching({0, 3}), day), (Cites{"s#r0", "s#r3"}));
  AmountRange none;
  none.unpublished = true;
  none.rows = {1};
  EXPECT_EQ(AmountCites(pack, benefit, none, day), (Cites{"s#amount", "s#r1"}));
  benefit.form = AmountForm::InKind;
  EXPECT_EQ(AmountCites(pack, benefit, {}, day), (Cites{"s#amount"}));
  EXPECT_EQ(AmountCites(pack, benefit, Reaching({}), day), (Cites{"s#amount"})) << "of no table, whatever the range";
  benefit.form = AmountForm::Table;
  benefit.rows[3].cite = {"s#r0", "s#r0", "s#x"};
  EXPECT_EQ(AmountCites(pack, benefit, Reaching({0, 3}), day), (Cites{"s#r0", "s#x"})) << "each once";
}

}  // namespace
}  // namespace chuncheng
