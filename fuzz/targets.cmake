# What the libFuzzer targets and their replays share. Each fuzz/<name>.cpp is one target.
find_package(re2 REQUIRED)
file(GLOB psim_fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)

# An executable of the sources given, with the whole library in it.
function(psim_fuzz_executable target source)
  add_executable(${target} ${source} ${ARGN} ${psim_objects})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/fuzz)
  file(STRINGS ${source} uses_generator REGEX "#include \"differential/")
  if(uses_generator)
    target_link_libraries(${target} PRIVATE psim_differential)
  endif()
  target_link_libraries(${target} PRIVATE ${PSIM_LIBRARIES} re2::re2)
  psim_warnings(${target})
  psim_sanitize(${target})
endfunction()
