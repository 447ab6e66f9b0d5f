# What we link; docs/architecture.md says why. tools/setup installs it on Debian.
find_package(PkgConfig REQUIRED)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(POPT REQUIRED IMPORTED_TARGET popt)
find_path(CSV_INCLUDE csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
find_package(Intl REQUIRED)
find_package(Gettext REQUIRED)
find_package(OpenMP COMPONENTS C)
if(NOT OpenMP_C_FOUND) # one thread then; its pragmas mean nothing
  target_compile_options(fahrplan_options INTERFACE -Wno-unknown-pragmas)
endif()

# Without GMP exact counts hold 128 bits and say so when they overflow.
find_path(GMP_INCLUDE gmp.h)
find_library(GMP_LIBRARY gmp)
option(FAHRPLAN_GMP "Exact counts of any size by GMP" ON)
if(FAHRPLAN_GMP AND NOT (GMP_INCLUDE AND GMP_LIBRARY))
  message(STATUS "GMP not found (libgmp-dev): counts are limited to 128 bits")
  set(FAHRPLAN_GMP OFF)
endif()
