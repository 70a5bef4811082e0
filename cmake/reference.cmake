# The reference pages: the target `reference` writes them to <build>/reference. It fails if a public
# name is not documented, which the test looks at.
find_program(CRUMBPROOF_DOXYGEN doxygen)
mark_as_advanced(CRUMBPROOF_DOXYGEN)
if(NOT CRUMBPROOF_DOXYGEN)
  return()
endif()

# Installed since public headers include them; no user calls what they hold.
set(internal
  asio/async_operation asio/backlog asio/byte_queue asio/connection asio/decisions asio/executor
  asio/operation asio/peer asio/pending asio/scheduler
  catch2/raw_failure
  rapidcheck/dice rapidcheck/sayings
  run/answer_trie run/checkpoints run/cookie_values run/live_answers run/participants
  run/pseudonyms run/request_key run/seen_answer)
list(TRANSFORM internal PREPEND crumbproof/)
list(TRANSFORM internal APPEND .hpp)

get_property(headers GLOBAL PROPERTY crumbproof_headers)
list(REMOVE_ITEM headers ${internal})
list(TRANSFORM headers PREPEND "${PROJECT_SOURCE_DIR}/include/")
set(inputs "${PROJECT_SOURCE_DIR}/docs/library.md" ${headers})
list(JOIN inputs "\" \\\n                         \"" inputs)
set(reference "${PROJECT_BINARY_DIR}/reference")
configure_file("${PROJECT_SOURCE_DIR}/docs/Doxyfile.in" "${PROJECT_BINARY_DIR}/Doxyfile" @ONLY)
file(MAKE_DIRECTORY "${reference}")

set(write_reference "${CRUMBPROOF_DOXYGEN}" "${PROJECT_BINARY_DIR}/Doxyfile")
add_custom_target(reference COMMAND ${write_reference} VERBATIM)
if(CRUMBPROOF_TESTS)
  add_test(NAME "reference: every public name is documented" COMMAND ${write_reference})
endif()
