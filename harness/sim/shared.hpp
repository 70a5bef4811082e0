#pragma once

#include <memory>
#include <utility>

namespace crumbproof {

/// A value that does not change, shared by all its copies: what an app has answered once is part of
/// thousands of traces.
template <class Value>
class Shared {
 public:
  /// The value that a default-constructed one has.
  Shared() : value_(nothing()) {}
  /// That value. Not explicit, since it is one.
  Shared(Value value)  // NOLINT(google-explicit-constructor)
      : value_(std::make_shared<const Value>(std::move(value))) {}
  /// That value, which may be part of something else that is shared; never null.
  explicit Shared(std::shared_ptr<const Value> value) : value_(std::move(value)) {}

  ///@{
  /// The value; lives as long as a copy of this does.
  const Value& operator*() const { return *value_; }
  const Value* operator->() const { return value_.get(); }
  ///@}

  /// A copy of the value that is this object's own, to be changed.
  Value& edit() {
    auto own = std::make_shared<Value>(*value_);
    Value& value = *own;
    value_ = std::move(own);
    return value;
  }

  /// Equal if the values are.
  friend bool operator==(const Shared& one, const Shared& other) {
    return one.value_ == other.value_ || *one.value_ == *other.value_;
  }

 private:
  static const std::shared_ptr<const Value>& nothing() {
    static const auto kNothing = std::make_shared<const Value>();
    return kNothing;
  }

  std::shared_ptr<const Value> value_;
};

}  // namespace crumbproof
