# cmake -DFOLDER=tests -P tests/test_names.cmake: fails on the name of a TEST_CASE that a semicolon or a bracket would cut.
file(GLOB_RECURSE sources "${FOLDER}/*_test.cpp" "${FOLDER}/*_bench.cpp")
foreach(source IN LISTS sources)
  file(READ "${source}" text)
  if(text MATCHES "TEST_CASE\\([^\"]*\"([^\"]*[];[][^\"]*)\"")
    message(FATAL_ERROR "${source}: the test \"${CMAKE_MATCH_1}\" cannot have that name. CTest cuts a name at \";\", and "
      "Catch2 takes \"[\" and \"]\" for a tag; use a comma.")
  endif()
endforeach()
