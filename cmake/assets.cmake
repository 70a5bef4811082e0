# Puts a room's style sheet and script into the command, so that a report needs no other file.
function(crumbproof_assets room folder)
  set(from "${PROJECT_SOURCE_DIR}/${folder}")
  set(made "${PROJECT_BINARY_DIR}/assets/${room}.cpp")
  file(READ "${from}/report.css" style_sheet)
  file(READ "${from}/report.js" script)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    "${from}/report.css" "${from}/report.js")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/assets.cpp.in" "${made}" @ONLY)
  target_sources(crumbproof_${room} PRIVATE "${made}")
endfunction()
