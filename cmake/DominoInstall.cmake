# What `cmake --install` lays down, all of it relative to the prefix so that the tree can be moved: the program
# with its data, and the libraries with headers for find_package(domino). CPack packs the same.

include(CMakePackageConfigHelpers)
set(domino_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/domino)

if(TARGET domino)
  install(TARGETS domino RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/domino.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/domino.bash RENAME domino
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
endif()
install(DIRECTORY viz/codelist DESTINATION ${CMAKE_INSTALL_DATADIR}/domino COMPONENT program)
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/domino/data COMPONENT program
        PATTERN "build" EXCLUDE)
install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/domino/scenarios COMPONENT program
        FILES_MATCHING PATTERN "*.toml" PATTERN "*.json")
install(FILES LICENSE README.md NEWS.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

# The model alone asks of others no more than TBB and fmt; scenarios bring GDAL and PROJ.
install(TARGETS domino_options domino_geo domino_sim EXPORT dominoModelTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(TARGETS domino_geo_io domino_scenarios EXPORT dominoScenariosTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
set_target_properties(domino_options PROPERTIES EXPORT_NAME options)
foreach(set IN ITEMS Model Scenarios)
  install(EXPORT domino${set}Targets NAMESPACE domino:: DESTINATION ${domino_config_dir} COMPONENT library)
endforeach()
# Headers that show GDAL's or toml++'s types, or include one that does, are the libraries' own
# (tests/check_layers.py holds the list to that).
install(DIRECTORY geo sim scenarios DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/domino COMPONENT library
        FILES_MATCHING PATTERN "*.h"
        PATTERN "geo/io/across_grids.h" EXCLUDE PATTERN "geo/io/area_field.h" EXCLUDE
        PATTERN "geo/io/band_reader.h" EXCLUDE PATTERN "geo/io/band_stack.h" EXCLUDE
        PATTERN "geo/io/cf_grid_mapping.h" EXCLUDE PATTERN "geo/io/geometry_parts.h" EXCLUDE
        PATTERN "geo/io/crs.h" EXCLUDE PATTERN "geo/io/feature_values.h" EXCLUDE
        PATTERN "geo/io/feature_fields.h" EXCLUDE PATTERN "geo/io/feature_shapes.h" EXCLUDE
        PATTERN "geo/io/raster_frame.h" EXCLUDE PATTERN "geo/io/run_sums.h" EXCLUDE
        PATTERN "geo/io/strip_reader.h" EXCLUDE
        PATTERN "scenarios/toml_document.h" EXCLUDE PATTERN "scenarios/read_value.h" EXCLUDE)
configure_package_config_file(cmake/dominoConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/dominoConfig.cmake
                              INSTALL_DESTINATION ${domino_config_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/dominoConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dominoConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/dominoConfigVersion.cmake
        DESTINATION ${domino_config_dir} COMPONENT library)

# `cpack -G DEB` in the build folder: the program, and the libraries as a package of their own.
set(CPACK_PACKAGE_NAME domino)
set(CPACK_PACKAGE_VENDOR "domino")
set(CPACK_PACKAGE_CONTACT "domino maintainers <maintainers@domino.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program library)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME domino)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libdomino-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS
    "libfmt-dev, libtbb-dev, libgdal-dev, libproj-dev, libnetcdf-dev, libtomlplusplus-dev, nlohmann-json3-dev")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Program, data pack and scenarios")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "Headers and static libraries for find_package(domino)")
include(CPack)
