# What users get: libraries made of rooms, with their public headers, and the files by which CMake
# and pkg-config find them. A project that takes in this one by add_subdirectory() has the same
# targets.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(crumbproof_cmake_folder "${CMAKE_INSTALL_LIBDIR}/cmake/crumbproof")

# A library of others: what find_dependency() takes to find it, and the pkg-config module, or the
# flag, that links it; empty for one of headers alone. Users need it if there is something to link,
# or if our public headers include its own.
function(crumbproof_outside library find link)
  set_property(GLOBAL PROPERTY "crumbproof_find_${library}" "${find}")
  set_property(GLOBAL PROPERTY "crumbproof_link_${library}" "${link}")
endfunction()

crumbproof_outside(Boost::headers "Boost 1.81" "")
crumbproof_outside(Boost::url "Boost 1.81 COMPONENTS url" -lboost_url)
crumbproof_outside(Catch2::Catch2 "Catch2" catch2)
crumbproof_outside(fmt::fmt "fmt" fmt)
crumbproof_outside(GTest::gtest "GTest" gtest)
crumbproof_outside(OpenSSL::Crypto "OpenSSL" libcrypto)
crumbproof_outside(OpenSSL::SSL "OpenSSL" libssl)
crumbproof_outside(pugixml::pugixml "pugixml" pugixml)
crumbproof_outside(rapidcheck "rapidcheck" -lrapidcheck)
crumbproof_outside(Threads::Threads "Threads" -pthread)

# The headers of a package target, as they are included: crumbproof/<room>/<header>.
function(crumbproof_public_headers name result)
  set(list "${PROJECT_SOURCE_DIR}/cmake/public/${name}.txt")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list}")
  file(STRINGS "${list}" headers)
  set(${result} ${headers} PARENT_SCOPE)
endfunction()

# Installs what the caller, crumbproof_package(), has made, with the files by which it is found.
function(crumbproof_install_part)
  if(objects)
    list(PREPEND flags "-L\${libdir}" -lcrumbproof_${name})
  endif()
  list(JOIN modules ", " modules)
  list(JOIN flags " " flags)
  file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(files "${PROJECT_BINARY_DIR}/packages")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/part.cmake.in" "${files}/crumbproof-${name}.cmake" @ONLY)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/part.pc.in" "${files}/crumbproof-${name}.pc" @ONLY)

  install(TARGETS ${target} EXPORT crumbproof-${name}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  install(EXPORT crumbproof-${name} NAMESPACE crumbproof:: FILE crumbproof-${name}-targets.cmake
    DESTINATION "${crumbproof_cmake_folder}")
  install(FILES "${files}/crumbproof-${name}.cmake" DESTINATION "${crumbproof_cmake_folder}")
  install(FILES "${files}/crumbproof-${name}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
  foreach(header IN LISTS headers)
    cmake_path(GET header PARENT_PATH folder)
    install(FILES "${PROJECT_SOURCE_DIR}/include/${header}"
      DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/${folder}")
  endforeach()
endfunction()

# crumbproof_package(<name> [<room>...] [PUBLIC <library>...])
#
# The target crumbproof::<name> holds these rooms and depends on the targets that hold the rooms
# that they use, which are defined above it. Its public headers are those of
# cmake/public/<name>.txt. PUBLIC names the libraries of others that these headers include, and other
# targets of ours that its users need.
function(crumbproof_package name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" PUBLIC)
  set(rooms ${arg_UNPARSED_ARGUMENTS})
  set(objects)
  set(links)
  foreach(room IN LISTS rooms)
    set_property(GLOBAL PROPERTY crumbproof_package_of_${room} ${name})
    get_target_property(used crumbproof_${room} INTERFACE_LINK_LIBRARIES)
    list(APPEND links ${used})
    get_target_property(type crumbproof_${room} TYPE)
    if(NOT type STREQUAL INTERFACE_LIBRARY)
      list(APPEND objects $<TARGET_OBJECTS:crumbproof_${room}>)
    endif()
  endforeach()

  set(parts)
  set(libraries)
  foreach(link IN LISTS arg_PUBLIC links)
    if(link MATCHES "^crumbproof::(.*)$")
      list(APPEND parts ${CMAKE_MATCH_1})
    elseif(link MATCHES "^crumbproof_(.*)$")
      get_property(part GLOBAL PROPERTY crumbproof_package_of_${CMAKE_MATCH_1})
      list(APPEND parts ${part})
    else()
      list(APPEND libraries ${link})
    endif()
  endforeach()
  list(REMOVE_ITEM parts ${name})
  list(REMOVE_DUPLICATES parts)
  list(REMOVE_DUPLICATES libraries)

  set(target crumbproof_package_${name})
  if(objects)
    add_library(${target} STATIC ${objects})
    set_target_properties(${target} PROPERTIES
      LINKER_LANGUAGE CXX OUTPUT_NAME crumbproof_${name}
      ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
    set(scope PUBLIC)
    set(hidden PRIVATE)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
    set(hidden INTERFACE)
  endif()
  add_library(crumbproof::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope}
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")

  # The files by which it is found name what it needs.
  set(parts_needed)
  set(finds)
  set(modules)
  set(flags)
  foreach(part IN LISTS parts)
    target_link_libraries(${target} ${scope} crumbproof_package_${part})
    string(APPEND parts_needed
      "include(\"\${CMAKE_CURRENT_LIST_DIR}/crumbproof-${part}.cmake\")\n")
    list(APPEND modules "crumbproof-${part} = ${PROJECT_VERSION}")
  endforeach()
  foreach(library IN LISTS libraries)
    get_property(find GLOBAL PROPERTY "crumbproof_find_${library}")
    get_property(link GLOBAL PROPERTY "crumbproof_link_${library}")
    if(library IN_LIST arg_PUBLIC)
      target_link_libraries(${target} ${scope} ${library})
    elseif(link)
      target_link_libraries(${target} ${hidden} ${library})
    else()
      continue()
    endif()
    string(APPEND finds "find_dependency(${find})\n")
    if(link MATCHES "^-")
      list(APPEND flags ${link})
    else()
      list(APPEND modules ${link})
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY crumbproof_parts ${name})
  crumbproof_public_headers(${name} headers)
  set_property(GLOBAL APPEND PROPERTY crumbproof_headers ${headers})

  if(CRUMBPROOF_INSTALL)
    crumbproof_install_part()
  endif()
endfunction()

# Installs what find_package(crumbproof) looks for; called once all packages are there.
function(crumbproof_install_config)
  get_property(parts GLOBAL PROPERTY crumbproof_parts)
  set(files "${PROJECT_BINARY_DIR}/packages")
  configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/crumbproof-config.cmake.in"
    "${files}/crumbproof-config.cmake" INSTALL_DESTINATION "${crumbproof_cmake_folder}"
    NO_SET_AND_CHECK_MACRO)
  write_basic_package_version_file("${files}/crumbproof-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
  install(FILES "${files}/crumbproof-config.cmake" "${files}/crumbproof-config-version.cmake"
    DESTINATION "${crumbproof_cmake_folder}")
endfunction()
