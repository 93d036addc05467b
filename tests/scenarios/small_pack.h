#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace domino::scenarios::test {

/// A folder of its own that is removed with everything in it.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        static std::atomic<int> count{0};
        path_ = std::filesystem::temp_directory_path() /
                ("domino-scenarios-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

 private:
    std::filesystem::path path_;
};

/// The five tables of names a scenario is read with, three countries large.
inline std::filesystem::path write_small_pack(const TemporaryFolder& folder) {
    folder.write("pack/tables/countries.csv",
                 "iso3,name,aliases\nJPN,Japan,\nVNM,Viet Nam,Vietnam\nTHA,Thailand,\nIND,India,Bharat\n");
    folder.write("pack/tables/jcm_partners.csv",
                 "iso3,name,status\nVNM,Viet Nam,partner\nTHA,Thailand,partner\n"
                 "IND,India,candidate\n");
    folder.write("pack/tables/technologies.csv",
                 "tech_id,name\nev_car,Electric car\nsolar_pv_residential,Rooftop PV\n");
    folder.write("pack/tables/network_members.csv", "network,place_id\nrace_to_zero,GN1\nc40,GN2\n");
    folder.write("pack/tables/parameters.csv",
                 "parameter_id,meaning,unit,default,prior,a,b,zero_mass,mark,source\n"
                 "phase_switch,share,1,0.2,uniform,0.1,0.35,0,G,wide\n"
                 "gamma_collaboration,multiple,1,0,zero_or_half_normal,,0.5,0.5,G,no study\n"
                 "c3p_max_phases,phases,1,2,fixed,,,,S,guidebook\n"
                 "beta_population,per factor 10,1,0.5,normal,0.5,0.2,0,C,classes\n");
    return folder.path() / "pack";
}

/// The shortest scenario that is complete.
inline const std::string minimal_scenario =
    "technologies = [\"ev_car\"]\n[places]\ncountries = [\"Japan\"]\n";

}  // namespace domino::scenarios::test
