# How the sources of a room become a library.

# What every target of ours is compiled with. Users of an installed library, or of one that is part
# of their own build, get none of it.
add_library(crumbproof_flags INTERFACE)
target_include_directories(crumbproof_flags INTERFACE "${PROJECT_SOURCE_DIR}/include")
target_compile_options(crumbproof_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  # Another project's compiler may warn of more than ours.
  $<$<BOOL:${PROJECT_IS_TOP_LEVEL}>:-Werror>
  # g++ 12 sees an overlap in std::string's own operator+ (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# A room as one unit: g++ takes its sources for headers, whose classes have unnamed members, and
# would spend a sixth of its time on looking for memory to free (the size is in kB).
if(CMAKE_UNITY_BUILD)
  target_compile_options(crumbproof_flags INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
    $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=1000000>)
endif()
if(CRUMBPROOF_SANITIZE)
  target_compile_options(crumbproof_flags INTERFACE
    "-fsanitize=${CRUMBPROOF_SANITIZE}" -fno-sanitize-recover=all -g1
    -fno-omit-frame-pointer)
  target_link_options(crumbproof_flags INTERFACE "-fsanitize=${CRUMBPROOF_SANITIZE}")
endif()

# Threads count too, hence atomically.
if(CRUMBPROOF_COVERAGE)
  target_compile_options(crumbproof_flags INTERFACE
    --coverage -g0 -fprofile-abs-path -fprofile-update=atomic)
  target_link_options(crumbproof_flags INTERFACE --coverage)
endif()

# Where a search spends its time. Sanitizers and counters are bearable there only with some
# optimisation; in all other targets it would take longer to compile than it saves. With -Og a branch
# is still counted where it is written.
function(crumbproof_optimise)
  if(CRUMBPROOF_SANITIZE)
    set(level -O1)
  elseif(CRUMBPROOF_COVERAGE)
    set(level -Og)
  else()
    return()
  endif()
  foreach(target IN LISTS ARGN)
    target_compile_options(${target} PRIVATE ${level})
  endforeach()
endfunction()

# The rooms that read what others wrote tell libFuzzer which way they go. In the others, where a
# search spends its time, that would slow the tests and tell nothing of a parser.
function(crumbproof_fuzzed)
  foreach(room IN LISTS ARGN)
    if(CRUMBPROOF_FUZZ AND TARGET crumbproof_${room})
      target_compile_options(crumbproof_${room} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
  endforeach()
endfunction()

# For what has coroutines: clang 14 puts what -fsanitize=function needs into parts of a coroutine
# too, and cannot assemble that (LLVM issue 49689).
add_library(crumbproof_coroutines INTERFACE)
if(CRUMBPROOF_SANITIZE)
  target_compile_options(crumbproof_coroutines INTERFACE
    $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
endif()

# A room is a folder and a library; it may use only the rooms and libraries named here, so an
# include against the flow of docs/architecture.md does not link. A room of headers alone has
# nothing to compile.
function(crumbproof_room name folder)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  if(sources)
    add_library(crumbproof_${name} STATIC ${sources})
    target_link_libraries(crumbproof_${name} PUBLIC crumbproof_flags ${ARGN})
  else()
    add_library(crumbproof_${name} INTERFACE)
    target_link_libraries(crumbproof_${name} INTERFACE crumbproof_flags ${ARGN})
  endif()
endfunction()
