# Build options shared by every target, and the one way a folder becomes a library.

add_library(domino_options INTERFACE)
target_compile_features(domino_options INTERFACE cxx_std_20)
# Results are the same bytes on every machine: no fused multiply-add, no reassociation.
target_compile_options(domino_options INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math
                       "$<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>")
target_include_directories(domino_options INTERFACE
                           $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>
                           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/domino>)

function(domino_apply_build_options)
  if(DOMINO_WARNINGS_AS_ERRORS)
    target_compile_options(domino_options INTERFACE $<BUILD_INTERFACE:-Werror>)
  endif()
  if(DOMINO_SANITIZE_ADDRESS OR DOMINO_SANITIZE_THREAD)
    # GCC 12 takes instrumented <regex> for uninitialised; without sanitizers the warning stays on.
    target_compile_options(domino_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(DOMINO_SANITIZE_ADDRESS)
    target_compile_options(domino_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
                           -fno-sanitize-recover=all)
    target_link_options(domino_options INTERFACE -fsanitize=address,undefined)
  endif()
  if(DOMINO_FUZZ)
    target_compile_options(domino_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined
                           -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(domino_options INTERFACE -fsanitize=address,undefined)
  endif()
  if(DOMINO_SANITIZE_THREAD)
    target_compile_options(domino_options INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(domino_options INTERFACE -fsanitize=thread)
  endif()
endfunction()
cmake_language(DEFER CALL domino_apply_build_options)

# domino_library(<name> [DIRECTORY dir] [LINK_PUBLIC ...] [LINK_PRIVATE ...])
# Every .cpp of the folder and its subfolders, but not of a subfolder that is a library of its own.
function(domino_library name)
  cmake_parse_arguments(ARG "" "DIRECTORY" "LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
  if(NOT ARG_DIRECTORY)
    set(ARG_DIRECTORY ${name})
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${ARG_DIRECTORY}/*.cpp)
  if(name STREQUAL "geo")
    list(FILTER sources EXCLUDE REGEX "/geo/io/")
  endif()
  list(FILTER sources EXCLUDE REGEX "/node_modules/|/main\\.cpp$")
  if(NOT sources)
    add_library(domino_${name} INTERFACE)
    target_link_libraries(domino_${name} INTERFACE domino_options ${ARG_LINK_PUBLIC} ${ARG_LINK_PRIVATE})
    return()
  endif()
  add_library(domino_${name} STATIC ${sources})
  add_library(domino::${name} ALIAS domino_${name})
  set_target_properties(domino_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON EXPORT_NAME ${name})
  # Most of the time a file takes goes into the headers of libraries: eight files share it. Names without
  # linkage must then be told apart within a folder.
  set_target_properties(domino_${name} PROPERTIES UNITY_BUILD ${DOMINO_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  if(DOMINO_UNITY)
    # GCC takes a private part of a source for one of a header, since it is not in the file it was given.
    target_compile_options(domino_${name} PRIVATE -Wno-subobject-linkage)
  endif()
  target_link_libraries(domino_${name} PUBLIC domino_options ${ARG_LINK_PUBLIC} PRIVATE ${ARG_LINK_PRIVATE})
endfunction()
