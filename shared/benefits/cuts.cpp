#include "shared/benefits/cuts.h"

#include <algorithm>

namespace chuncheng {
namespace {

// What stands on the stack: a span of instructions and, when it is that simple, the fact, constant or param it is.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  int fact = -1;
  bool constant = false;
  std::int64_t value = 0;
  int slot = -1;
  std::vector<int> facts;
};

void AddUnique(std::vector<int>& list, int value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

class Collector {
 public:
  explicit Collector(const Program& program) : program_(program) {}

  Cuts Run() {
    for (std::size_t i = 0; i < program_.code.size(); ++i) Step(i);
    return std::move(cuts_);
  }

 private:
  void Step(std::size_t i) {
    const Instr& instr = program_.code[i];
    Piece out{i, i + 1, -1, false, 0, -1, {}};
    if (instr.op == Op::Const) {
      out.constant = true;
      out.value = instr.imm;
    } else if (instr.op == Op::Param) {
      out.slot = static_cast<int>(instr.imm);
    } else if (instr.op == Op::Var) {
      out.fact = static_cast<int>(instr.imm);
      out.facts = {out.fact};
    } else {
      const auto first = stack_.end() - instr.argc;
      std::vector<Piece> args(first, stack_.end());
      stack_.erase(first, stack_.end());
      out.begin = args.front().begin;
      for (const Piece& arg : args) {
        for (int fact : arg.facts) AddUnique(out.facts, fact);
      }
      if (instr.op == Op::In) {
        Membership(args[0], program_.sets[static_cast<std::size_t>(instr.imm)]);
      } else if (instr.op >= Op::Eq && instr.op <= Op::Ge) {
        for (std::size_t k = 0; k + 1 < args.size(); ++k) Compare(instr.op, args[k], args[k + 1]);
      }
    }
    stack_.push_back(std::move(out));
  }

  void Membership(const Piece& piece, const std::vector<std::int64_t>& set) {
    if (piece.fact < 0) return Entangle(piece);
    for (std::int64_t value : set) {
      if (!std::binary_search(set.begin(), set.end(), value - 1)) cuts_.points.push_back({piece.fact, value, -1});
      if (!std::binary_search(set.begin(), set.end(), value + 1)) cuts_.points.push_back({piece.fact, value + 1, -1});
    }
  }

  void Compare(Op op, const Piece& left, const Piece& right) {
    const bool left_fact = left.fact >= 0 && (right.constant || right.slot >= 0);
    const bool right_fact = right.fact >= 0 && (left.constant || left.slot >= 0);
    if (left_fact || right_fact) {
      const Piece& limit = left_fact ? right : left;
      const int fact = left_fact ? left.fact : right.fact;
      // fact < v and fact >= v change at v; fact <= v and fact > v at v + 1; equality at both.
      const bool below = left_fact ? (op == Op::Lt || op == Op::Ge) : (op == Op::Gt || op == Op::Le);
      const bool equality = op == Op::Eq || op == Op::Ne;
      if (below || equality) cuts_.points.push_back({fact, limit.value, limit.slot});
      if (!below || equality) cuts_.points.push_back({fact, limit.value + 1, limit.slot});
      return;
    }
    DateLimit(left, right);
    DateLimit(right, left);
    Entangle(left);
    Entangle(right);
  }

  void DateLimit(const Piece& as_of, const Piece& limit) {
    if (as_of.fact != kAsOf || std::find(limit.facts.begin(), limit.facts.end(), kAsOf) != limit.facts.end()) return;
    Program slice;
    slice.sets = program_.sets;
    slice.facts = limit.facts;
    slice.type = {Kind::Date, 0};
    slice.code.assign(program_.code.begin() + static_cast<std::ptrdiff_t>(limit.begin),
                      program_.code.begin() + static_cast<std::ptrdiff_t>(limit.end));
    cuts_.date_limits.push_back(std::move(slice));
  }

  void Entangle(const Piece& piece) {
    for (int fact : piece.facts) AddUnique(cuts_.entangled, fact);
  }

  const Program& program_;
  std::vector<Piece> stack_;
  Cuts cuts_;
};

}  // namespace

Cuts CollectCuts(const Program& program) { return Collector(program).Run(); }

std::vector<const Cuts*> AllCuts(const Benefit& benefit) {
  std::vector<const Cuts*> out;
  for (const Criterion& criterion : benefit.criteria) out.push_back(&criterion.when.cuts);
  for (const Row& row : benefit.rows) {
    out.push_back(&row.when.cuts);
    out.push_back(&row.pay.cuts);
  }
  return out;
}

}  // namespace chuncheng
