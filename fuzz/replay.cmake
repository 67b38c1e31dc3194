# Replays the kept corpus of each fuzz target, with any compiler: ctest -L fuzz-regression.
include(${CMAKE_CURRENT_LIST_DIR}/targets.cmake)

foreach(source IN LISTS psim_fuzz_sources)
  get_filename_component(name ${source} NAME_WE)
  psim_fuzz_executable(replay_${name} ${source} ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cc)
  add_test(NAME fuzz_regression.${name}
           COMMAND replay_${name} ${PROJECT_SOURCE_DIR}/fuzz/corpus/${name})
  set_tests_properties(fuzz_regression.${name} PROPERTIES LABELS fuzz-regression)
endforeach()
