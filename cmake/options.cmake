# Compiler options that every target of ours shares.
add_library(fahrplan_options INTERFACE)
target_compile_options(fahrplan_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes
  -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
  target_compile_options(fahrplan_options INTERFACE -Wno-string-concatenation)
endif()
target_compile_definitions(fahrplan_options INTERFACE _POSIX_C_SOURCE=200809L)
if(FAHRPLAN_WERROR)
  target_compile_options(fahrplan_options INTERFACE -Werror)
endif()
if(FAHRPLAN_SANITIZE)
  target_compile_options(fahrplan_options INTERFACE
    -fsanitize=${FAHRPLAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(fahrplan_options INTERFACE -fsanitize=${FAHRPLAN_SANITIZE})
endif()
