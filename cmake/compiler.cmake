# Language level, warnings, sanitizers, ccache: everything that is said to the compiler.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

if(POLICYSIM_DEVELOPER_MODE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(PSIM_CCACHE ccache)
  mark_as_advanced(PSIM_CCACHE)
  if(PSIM_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${PSIM_CCACHE})
  endif()
endif()

# Warnings are errors in developer mode.
function(psim_warnings target)
  if(POLICYSIM_DEVELOPER_MODE)
    target_compile_options(${target} PRIVATE
      -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
      -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wdouble-promotion
      -Wimplicit-fallthrough -Wundef -Wextra-semi -Wswitch-enum -Werror
      # GCC 12 reports false positives on plain string code.
      $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
      # GCC 12 sees null pointers in libstdc++'s containers where it optimises.
      $<$<NOT:$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release,RelWithDebInfo>>>:-Wnull-dereference>)
  endif()
endfunction()

# Every target is instrumented, or none: mixed objects report what is not there.
function(psim_sanitize target)
  if(POLICYSIM_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${POLICYSIM_SANITIZE}
                           -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${POLICYSIM_SANITIZE})
  endif()
endfunction()
