# Install rules and the package: find_package(policysim CONFIG) gives policysim::policysim.
include(CMakePackageConfigHelpers)
set(PSIM_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/policysim)

write_basic_package_version_file(${PROJECT_BINARY_DIR}/policysim-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/policysim COMPONENT headers
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_BINARY_DIR}/policysim-config-version.cmake
              ${PROJECT_SOURCE_DIR}/cmake/Findlibdeflate.cmake
              ${PROJECT_SOURCE_DIR}/cmake/Findre2.cmake
        COMPONENT headers DESTINATION ${PSIM_PACKAGE_DIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE
        COMPONENT headers DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The library and its package files, of one kind. Only a static library hands its dependencies on.
function(psim_install_library target)
  cmake_parse_arguments(arg "" "COMPONENT" "OPTIONS" ${ARGN})
  get_target_property(type ${target} TYPE)
  set(PSIM_CONFIG_DEPENDENCIES)
  if(type STREQUAL STATIC_LIBRARY)
    foreach(package IN LISTS PSIM_PACKAGES)
      string(APPEND PSIM_CONFIG_DEPENDENCIES "find_dependency(${package})\n")
    endforeach()
  endif()
  set(config_dir ${PROJECT_BINARY_DIR}/package/${arg_COMPONENT})
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/policysim-config.cmake.in
    ${config_dir}/policysim-config.cmake INSTALL_DESTINATION ${PSIM_PACKAGE_DIR})
  install(FILES ${config_dir}/policysim-config.cmake COMPONENT ${arg_COMPONENT}
          DESTINATION ${PSIM_PACKAGE_DIR} ${arg_OPTIONS})
  install(TARGETS ${target} EXPORT ${target}-targets
          ARCHIVE COMPONENT ${arg_COMPONENT} ${arg_OPTIONS}
          LIBRARY COMPONENT ${arg_COMPONENT} ${arg_OPTIONS})
  install(EXPORT ${target}-targets FILE policysim-targets.cmake NAMESPACE policysim::
          COMPONENT ${arg_COMPONENT} DESTINATION ${PSIM_PACKAGE_DIR} ${arg_OPTIONS})
endfunction()

psim_install_library(policysim COMPONENT library)
