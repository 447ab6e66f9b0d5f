# What `cmake --install` puts where, and how others find it.
include(CMakePackageConfigHelpers)

set_target_properties(fahrplan_shared fahrplan_static PROPERTIES
  INTERFACE_INCLUDE_DIRECTORIES "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>;$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
install(TARGETS fahrplan RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fahrplan_shared fahrplan_static EXPORT FahrplanTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/fahrplan.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/fahrplan DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DATADIR}/fahrplan)
install(DIRECTORY ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${PROJECT_BINARY_DIR}/completions/fahrplan
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(EXPORT FahrplanTargets NAMESPACE Fahrplan::
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Fahrplan)

configure_package_config_file(cmake/FahrplanConfig.cmake.in
  ${PROJECT_BINARY_DIR}/FahrplanConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Fahrplan)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/FahrplanConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/FahrplanConfig.cmake
  ${PROJECT_BINARY_DIR}/FahrplanConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Fahrplan)

# What a static link needs besides: what this build was linked with.
set(FAHRPLAN_PC_LIBS ${CSV_LIBRARY})
if(FAHRPLAN_GMP)
  list(APPEND FAHRPLAN_PC_LIBS ${GMP_LIBRARY})
endif()
if(OpenMP_C_FOUND)
  list(APPEND FAHRPLAN_PC_LIBS ${OpenMP_C_LIBRARIES})
endif()
list(JOIN FAHRPLAN_PC_LIBS " " FAHRPLAN_PC_LIBS)

configure_file(cmake/fahrplan.pc.in ${PROJECT_BINARY_DIR}/fahrplan.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/fahrplan.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
