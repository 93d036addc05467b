# Installs a build to a folder, moves the folder, and builds and runs the programs beside this file against it:
#   cmake -DBUILD=… -DWORK=… -DCOMPILER=… -DFLAGS=… -DGENERATOR=… -DCONFIG=… -P install_and_build.cmake
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${result}:\n${output}")
  endif()
  message(STATUS "${output}")
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first --config "${CONFIG}")
file(RENAME ${WORK}/first ${WORK}/moved)

# Nothing in what find_package reads may tell where it was built or first put.
file(GLOB_RECURSE config_files ${WORK}/moved/*.cmake)
foreach(file IN LISTS config_files)
  file(READ ${file} text)
  foreach(place IN ITEMS ${BUILD} ${WORK}/first)
    string(FIND "${text}" "${place}" found)
    if(NOT found EQUAL -1)
      message(FATAL_ERROR "${file} holds the path ${place}; the tree could not be moved")
    endif()
  endforeach()
endforeach()

run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_BUILD_TYPE=${CONFIG}
    -DCMAKE_PREFIX_PATH=${WORK}/moved)
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/model)
set(installed ${WORK}/moved/share/domino)
run(${WORK}/build/scenario ${installed}/scenarios/japan-2040.toml ${installed}/data)
# The program finds its pack beside it, wherever the tree lies and whatever the folder it is called from.
execute_process(COMMAND ${WORK}/moved/bin/domino validate ${installed}/scenarios/japan-2040.toml
                WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the moved program: ${output}")
endif()
foreach(file IN ITEMS share/man/man1/domino.1 share/bash-completion/completions/domino share/domino/data/CREDITS.md
                      share/domino/codelist/variable.yaml)
  if(NOT EXISTS ${WORK}/moved/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()
file(REMOVE_RECURSE ${WORK})
