// Exact fractions of 128-bit integers, in lowest terms. A result that does not fit ends the
// program, so an oracle never answers wrongly because a number was too large.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <ostream>

namespace sepakat::support {

class Rational {
 public:
  __extension__ typedef __int128 Integer;

  Rational(Integer whole = 0) : top_(whole), bottom_(1) {}  // NOLINT: numbers are rationals
  Rational(Integer top, Integer bottom) : top_(top), bottom_(bottom) { Reduce(); }

  Integer top() const { return top_; }
  Integer bottom() const { return bottom_; }
  long double value() const {
    return static_cast<long double>(top_) / static_cast<long double>(bottom_);
  }

  friend Rational operator+(const Rational& a, const Rational& b) {
    const Integer common = Divisor(a.bottom_, b.bottom_);
    const Integer a_times = b.bottom_ / common;
    const Integer b_times = a.bottom_ / common;
    return {Sum(Product(a.top_, a_times), Product(b.top_, b_times)), Product(a.bottom_, a_times)};
  }
  friend Rational operator-(const Rational& a) { return {-a.top_, a.bottom_}; }
  friend Rational operator-(const Rational& a, const Rational& b) { return a + -b; }
  friend Rational operator*(const Rational& a, const Rational& b) {
    const Rational left(a.top_, b.bottom_);
    const Rational right(b.top_, a.bottom_);
    return {Product(left.top_, right.top_), Product(left.bottom_, right.bottom_)};
  }
  friend Rational operator/(const Rational& a, const Rational& b) {
    return a * Rational(b.bottom_, b.top_);
  }
  Rational& operator+=(const Rational& other) { return *this = *this + other; }

  friend bool operator==(const Rational& a, const Rational& b) {
    return a.top_ == b.top_ && a.bottom_ == b.bottom_;
  }
  friend bool operator<(const Rational& a, const Rational& b) { return (a - b).top_ < 0; }
  friend bool operator<=(const Rational& a, const Rational& b) { return (a - b).top_ <= 0; }
  friend bool operator>(const Rational& a, const Rational& b) { return b < a; }
  friend bool operator>=(const Rational& a, const Rational& b) { return b <= a; }

  friend std::ostream& operator<<(std::ostream& out, const Rational& a) { return out << a.value(); }

 private:
  static Integer Product(Integer a, Integer b) {
    Integer result = 0;
    if (__builtin_mul_overflow(a, b, &result)) std::abort();
    return result;
  }
  static Integer Sum(Integer a, Integer b) {
    Integer result = 0;
    if (__builtin_add_overflow(a, b, &result)) std::abort();
    return result;
  }
  static Integer Divisor(Integer a, Integer b) {
    while (b != 0) {
      const Integer rest = a % b;
      a = b;
      b = rest;
    }
    return a < 0 ? -a : a;
  }
  void Reduce() {
    if (bottom_ == 0) std::abort();
    if (bottom_ < 0) {
      top_ = -top_;
      bottom_ = -bottom_;
    }
    const Integer divisor = Divisor(top_, bottom_);
    top_ /= divisor;
    bottom_ /= divisor;
  }

  Integer top_;
  Integer bottom_;
};

inline Rational Absolute(const Rational& a) { return a < Rational(0) ? -a : a; }

}  // namespace sepakat::support
