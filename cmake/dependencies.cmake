# Debian 12's versions. libdeflate has no CMake package there: the Find module is ours and is
# installed with the library. PSIM_PACKAGES are the packages of PSIM_LIBRARIES; nlohmann/json is
# headers only and stays inside.
find_package(nlohmann_json 3.11 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(libdeflate REQUIRED)
set(PSIM_LIBRARIES yaml-cpp libdeflate::libdeflate)
set(PSIM_PACKAGES yaml-cpp libdeflate)
