# Debian 12's versions. libdeflate and re2 have no CMake package there: the Find modules are ours and are
# installed with the library. PSIM_PACKAGES are the packages of PSIM_LIBRARIES; nlohmann/json is
# headers only and stays inside.
find_package(nlohmann_json 3.11 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(libdeflate REQUIRED)
find_package(re2 REQUIRED)
set(PSIM_LIBRARIES yaml-cpp libdeflate::libdeflate re2::re2)
set(PSIM_PACKAGES yaml-cpp libdeflate re2)
