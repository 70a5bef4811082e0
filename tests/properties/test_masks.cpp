#include <crumbproof/properties/masks.hpp>
#include <crumbproof/sim/bad_input.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace crumbproof;
using namespace crumbproof::properties;

namespace {

using Texts = std::vector<std::string>;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Masks that have learned from these two texts.
Masks learned(const std::string& one, const std::string& other) {
  Masks masks({});
  CHECK(masks.learn(one, other));
  return masks;
}

/// Refused, and nothing learned.
bool refused(const std::string& one, const std::string& other) {
  Masks masks({});
  return !masks.learn(one, other) && masks.apply(one) == one && masks.apply(other) == other &&
         masks.describe().empty();
}

}  // namespace

TEST_CASE("Without masks every text stands as it is") {
  const Masks masks({});
  for (const auto* const text : {"", "a", " two  words\n", "<masked>"}) {
    CHECK(masks.apply(text) == text);
  }
  CHECK(masks.describe().empty());
}

TEST_CASE("What the user wants ignored is replaced, wherever it stands") {
  const Masks masks({"ticket #[0-9]+", "(Dear|Hello) [A-Z][a-z]+"});
  CHECK(masks.apply("Hello Ann, ticket #12 and ticket #7.") == "<masked>, <masked> and <masked>.");
  CHECK(masks.apply("ticket 12") == "ticket 12");
}

TEST_CASE("What is no regular expression is refused, with the text and the reason") {
  const Masks fine({"[0-9]+"});
  CHECK_THROWS_AS(Masks({"[0-9]+", "(open"}), BadInput);
  try {
    const Masks masks({"(open"});
    FAIL("taken");
  } catch (const BadInput& error) {
    CHECK(contains(error.what(), "\"(open\" is no regular expression that can be ignored: "));
    CHECK_FALSE(contains(error.what(), "\n"));
  }
}

TEST_CASE("A regular expression that takes too long is refused by name") {
  const Masks masks({"(x+x+)+y"});
  CHECK_THROWS_WITH(masks.apply(std::string(5000, 'x')),
                    "\"(x+x+)+y\" takes too long to look for in a reply; a simpler regular "
                    "expression is needed");
}

TEST_CASE("Equal texts teach nothing") {
  Masks masks({});
  CHECK(masks.learn("same", "same"));
  CHECK(masks.learn("", ""));
  CHECK(masks.describe().empty());
}

TEST_CASE("One token that varies is learned, with the words around it") {
  const Masks masks = learned("Your ticket is #12 of today.", "Your ticket is #13 of today.");
  CHECK(masks.apply("Your ticket is #12 of today.") == "Your ticket is #<masked> of today.");
  CHECK(masks.apply("Your ticket is #4711 of today.") == "Your ticket is #<masked> of today.");
  CHECK(masks.apply("Done. Your ticket is #5 of today. Bye") ==
        "Done. Your ticket is #<masked> of today. Bye");
}

TEST_CASE("A learned mask fits only between the words that stood around it") {
  const Masks masks = learned("Your ticket is #12 of today.", "Your ticket is #13 of today.");
  for (const auto* const text :
       {"Your number is: 12 of today.", "Your ticket was #12 of today.", "ticket #12 of today",
        "Your ticket is #12 for today.", "Your ticket is #12", "#12 of today", "12"}) {
    CHECK(masks.apply(text) == text);
  }
}

TEST_CASE("What was digits each time stays digits") {
  const Masks masks = learned("Ticket 12 done", "Ticket 13 done");
  CHECK(masks.apply("Ticket 99 done") == "Ticket <masked> done");
  CHECK(masks.apply("Ticket none done") == "Ticket none done");
  CHECK(masks.apply("Ticket 1a done") == "Ticket 1a done");

  const Masks words = learned("Ticket a1 done", "Ticket 13 done");
  CHECK(words.apply("Ticket none done") == "Ticket <masked> done");
}

TEST_CASE("A word that varies is a word, and one") {
  const Masks masks = learned("Hello Ann now", "Hello Bob now");
  CHECK(masks.apply("Hello Eve now") == "Hello <masked> now");
  CHECK(masks.apply("Hello Eve Smith now") == "Hello Eve Smith now");
  CHECK(masks.apply("Hello ! now") == "Hello ! now");
  CHECK(masks.apply("Hello a-b now") == "Hello a-b now");
  CHECK(masks.apply("Hello  now") == "Hello  now");
  CHECK(masks.apply("Hello Zo\xC3\xAB now") == "Hello <masked> now");
}

TEST_CASE("Lines and tabs are spaces between words") {
  const Masks masks = learned("Ticket\r\n12\tis yours", "Ticket\r\n13\tis yours");
  CHECK(masks.apply("Ticket\r\n99\tis yours") == "Ticket\r\n<masked>\tis yours");
  CHECK(masks.apply("Ticket\r\n99 9\tis yours") == "Ticket\r\n99 9\tis yours");
}

TEST_CASE("A mask at the end of a text is one at the end") {
  const Masks masks = learned("Code 12", "Code 13");
  CHECK(masks.apply("Code 99") == "Code <masked>");
  CHECK(masks.apply("Code 99 is wrong") == "Code 99 is wrong");
  CHECK(masks.apply("The Code 99") == "The Code 99");  // the text began with it
  const Masks first = learned("12 is your code, do not share", "13 is your code, do not share");
  CHECK(first.apply("99 is your code, do not share it") ==
        "<masked> is your code, do not share it");
  CHECK(first.apply("Yes, 99 is your code, do not share") == "Yes, 99 is your code, do not share");
}

TEST_CASE("Several tokens that vary are learned each by itself") {
  const Masks masks = learned("On 12/05 at 10:30 see you", "On 13/06 at 11:45 see you");
  CHECK(masks.apply("On 14/07 at 12:00 see you") == "On <masked> at <masked> see you");
  CHECK(masks.apply("On 14/07 or 12:00 see you") != masks.apply("On 12/05 at 10:30 see you"));
  CHECK(masks.describe().size() == 2);
}

TEST_CASE("A token between two others that vary has no word to hold on to") {
  CHECK(refused("Ref 1 2 3 end", "Ref 4 5 6 end"));
}

TEST_CASE("Texts of another shape differ in one run without white space, or are refused") {
  const Masks masks = learned("Id 12-ab ok then", "Id 7 ok then");
  CHECK(masks.apply("Id 12-ab ok then") == "Id <masked> ok then");
  CHECK(masks.apply("Id a.b-c.d ok then") == "Id <masked> ok then");
  CHECK(masks.apply("Id a b ok then") == "Id a b ok then");

  CHECK(learned("Id 12-ab", "Id 7").apply("Id x") == "Id <masked>");

  CHECK(refused("", "One"));
  CHECK(refused("One", ""));
}

TEST_CASE("What varied as a run without white space once is one, whichever text came first") {
  const std::string run = "Id ab-cd ok then";
  for (const Masks& masks : {learned(run, "Id 7 ok then"), learned("Id 7 ok then", run)}) {
    CHECK(masks.apply("Id x-y ok then") == "Id <masked> ok then");
  }
  for (const char* const mark : {"Id # ok then", "Id 7 ok then"}) {
    CHECK(learned(mark, "Id ! ok then").apply("Id x-y ok then") == "Id <masked> ok then");
  }
}

TEST_CASE("A phrase that is worded in several ways is masked by the wordings that were seen") {
  const Masks masks = learned("Sure thing! 2 large it is.", "OK. 2 large it is.");
  const std::string masked = masks.apply("OK. 2 large it is.");
  CHECK(masked == "<masked>2 large it is.");
  CHECK(masks.apply("Sure thing! 2 large it is.") == masked);
  CHECK(masks.alike("Sure thing! 2 large it is.", "OK. 2 large it is."));
  CHECK(masks.apply("Sorry! 2 large it is.") == "Sorry! 2 large it is.");
  CHECK(masks.apply("OK. 2 small it is.") == "OK. 2 small it is.");
  CHECK(masks.apply("Sure thing!") == "Sure thing!");
}

TEST_CASE("A phrase may be there or not, at the beginning, between and at the end") {
  const auto alike = [](const std::string& one, const std::string& other) {
    const Masks masks = learned(one, other);
    return masks.apply(one) == masks.apply(other) && masks.apply(one) != one;
  };
  CHECK(alike("Hello there, nice to hear from you! What size?", "What size?"));
  CHECK(alike("Good morning to you", "Good you"));
  CHECK(alike("One two", "One two three, four"));
  CHECK(alike("Hi you! One two three four", "One two three four, as I said"));
}

TEST_CASE("White space and punctuation that change are a wording too") {
  const Masks masks = learned("One  two, three", "One two three");
  CHECK(masks.apply("One  two, three") == masks.apply("One two three"));
  CHECK(masks.apply("One three") == "One three");
}

TEST_CASE("A third wording joins the first two") {
  Masks masks = learned("Sure thing! 2 large it is.", "OK. 2 large it is.");
  CHECK(masks.learn("OK. 2 large it is.", "All right then: 2 large it is."));
  CHECK(masks.apply("All right then: 2 large it is.") == masks.apply("OK. 2 large it is."));
  CHECK(masks.apply("Sure thing! 2 large it is.") == masks.apply("OK. 2 large it is."));
  CHECK(masks.describe() ==
        std::vector<std::string>{"\"<masked>2 large...\": the app words it in 3 ways for the same "
                                 "requests: \"Sure thing! \", \"OK. \", \"All right then: \""});
}

TEST_CASE("Where two wordings fit, the one that covers more counts") {
  const auto large = std::pair("Sure thing! 2 large it is.", "OK. 2 large it is.");
  const auto deliver =
      std::pair("Sure thing is that we deliver", "Well now, Sure thing is that we deliver");
  for (const bool large_first : {true, false}) {
    Masks masks({});
    const auto& first = large_first ? large : deliver;
    const auto& second = large_first ? deliver : large;
    CHECK(masks.learn(first.first, first.second));
    CHECK(masks.learn(second.first, second.second));
    CHECK(masks.apply("Sure thing! 2 large it is.") == "<masked>2 large it is.");
    CHECK(masks.apply("Sure thing is that we deliver") == "<masked>Sure thing is that we deliver");
  }
}

TEST_CASE("Wordings leave half of what is said to compare, and hold no number") {
  CHECK(refused("Sorry: please start over", "Sorry: your order is confirmed"));
  CHECK(refused("You ordered a large pizza with ham", "You ordered nothing so far my friend"));
  CHECK(refused("Yes indeed, it is done", "It failed"));
  CHECK(refused("Now it is 12 past noon, one two three", "Hi, one two three"));
  CHECK(refused("Hi, one two three", "Now it is 12 past noon, one two three"));
  Masks masks({});
  CHECK_FALSE(masks.learn("Sorry: please start over", "Sorry: your order is confirmed"));
  CHECK(masks.describe().empty());
}

TEST_CASE("A token that varies beside a wording stands for any, the wording for what was seen") {
  const Masks masks =
      learned("Sure thing! Your ticket is 12 of today", "Your ticket is 13 of today");
  CHECK(masks.apply("Sure thing! Your ticket is 99 of today") ==
        masks.apply("Your ticket is 7 of today"));
  CHECK(masks.apply("Your ticket is x of today") != masks.apply("Your ticket is 7 of today"));
}

TEST_CASE("A mask never covers a whole text") {
  CHECK(refused("12", "13"));
  CHECK(refused("12 13", "14 15"));
  CHECK(refused("#12!", "#13!"));
  CHECK(refused("Yes", "No"));
  CHECK(refused("a-b", "c"));
  CHECK(refused("(12-34) ", "(5) "));
  Masks masks({"#[0-9]+"});  // what is ignored is no word to hold on to
  CHECK_FALSE(masks.learn("#1 12", "#2 13"));
  CHECK(masks.describe().size() == 1);
}

TEST_CASE("A second variation is learned beside the first") {
  Masks masks = learned("Ticket 12 at ten is done", "Ticket 13 at ten is done");
  CHECK(masks.learn("Hello Ann, welcome", "Hello Bob, welcome"));
  CHECK(masks.apply("Ticket 1 at ten is done") == "Ticket <masked> at ten is done");
  CHECK(masks.apply("Hello Eve, welcome") == "Hello <masked>, welcome");
  CHECK(masks.learn("Ticket 14 at ten is done", "Ticket 15 at ten is done"));
  CHECK(masks.describe().size() == 2);
}

TEST_CASE("What is ignored already is not learned") {
  Masks masks({"#[0-9]+"});
  CHECK(masks.learn("Ticket #12 for Ann today", "Ticket #13 for Bob today"));
  CHECK(masks.describe().size() == 2);
  CHECK(masks.apply("Ticket #99 for Eve today") == "Ticket <masked> for <masked> today");
}

TEST_CASE("Masks are told in words, with an example") {
  Masks masks({"#[0-9]+"});
  CHECK(masks.learn("I say that ticket 12 of this very day",
                    "I say that ticket 13 of this very day"));
  CHECK(masks.learn("Code 7", "Code 8"));
  CHECK(masks.describe() ==
        Texts{"/#[0-9]+/: asked for with --ignore",
              "\"... ticket <masked> of ...\": the app varies it by itself, as in \"12\" and "
              "\"13\" for the same requests",
              "\"Code <masked>\": the app varies it by itself, as in \"7\" and \"8\" for the same "
              "requests"});
}

TEST_CASE("Nothing is left of a text when no word is") {
  const Masks masks({"[a-z]+", "[0-9]+"});
  CHECK(masks.cover_all_of("hello"));
  CHECK(masks.cover_all_of("hello, 12!"));
  CHECK_FALSE(masks.cover_all_of("hello YOU"));
  CHECK_FALSE(masks.cover_all_of(""));
  CHECK_FALSE(masks.cover_all_of("!"));
  CHECK_FALSE(Masks({}).cover_all_of("hello"));
}

namespace {

rc::Gen<std::string> words() {
  return rc::gen::element<std::string>("your", "order", "is", "ready", "at", "the", "shop", "12",
                                       "for", "7", "x1");
}

/// Two texts of the same words, each there once, but for one place; and that place.
struct Twins {
  Texts one;
  Texts other;
  std::size_t varying = 0;
};

Twins twins() {
  Twins twins;
  twins.one = *rc::gen::unique<Texts>(*rc::gen::inRange<std::size_t>(2, 9), words());
  twins.other = twins.one;
  twins.varying = *rc::gen::inRange<std::size_t>(0, twins.one.size());
  twins.other[twins.varying] += "z";
  return twins;
}

std::string joined(const Texts& words, const std::string& separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

}  // namespace

TEST_CASE("A mask does not eat a difference elsewhere in the text") {
  CHECK(rc::check("another literal word still differs", [] {
    const Twins texts = twins();
    const std::string separator = *rc::gen::element<std::string>(" ", "; ", ", ");
    Masks masks({});
    RC_ASSERT(masks.learn(joined(texts.one, separator), joined(texts.other, separator)));
    RC_ASSERT(masks.apply(joined(texts.one, separator)) ==
              masks.apply(joined(texts.other, separator)));

    Texts third = *rc::gen::arbitrary<bool>() ? texts.one : texts.other;
    const auto place =
        *rc::gen::distinctFrom(rc::gen::inRange<std::size_t>(0, third.size()), texts.varying);
    third[place] = *rc::gen::distinctFrom(words(), third[place]);
    RC_ASSERT(masks.apply(joined(third, separator)) != masks.apply(joined(texts.one, separator)));
  }));
}

TEST_CASE("A mask learned from one text makes no other two texts alike") {
  CHECK(rc::check("texts that differ in another word stay different", [] {
    const Twins texts = twins();
    Masks masks({});
    RC_ASSERT(masks.learn(joined(texts.one, " "), joined(texts.other, " ")));
    const Texts one = *rc::gen::container<Texts>(*rc::gen::inRange<std::size_t>(1, 9), words());
    Texts other = one;
    const auto place = *rc::gen::inRange<std::size_t>(0, one.size());
    other[place] = *rc::gen::distinctFrom(words(), one[place]);
    const std::string text = joined(one, " ");
    const bool alike = masks.apply(text) == masks.apply(joined(other, " "));
    // Then that word is masked; every other one stands as it was.
    RC_ASSERT(!alike || contains(masks.apply(text), "<masked>"));
    RC_ASSERT(!alike || one.size() > 1);
  }));
}
