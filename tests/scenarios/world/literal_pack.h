#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "tests/scenarios/small_pack.h"

namespace domino::scenarios::test {

/// A data pack of two countries written out in the test: Japan with two prefectures, Viet Nam with two
/// provinces. Tables may be changed before they are written.
class LiteralPack {
 public:
    LiteralPack() {
        tables["countries"] =
            "iso3,name,aliases,fiscal_year_start_month\nJPN,Japan,,4\nVNM,Viet Nam,Vietnam,1\n";
        tables["country_years"] =
            "iso3,year,population,gdp_ppp_musd,co2_fossil_mt,lulucf_mt,elec_gen_twh,elec_ci_gco2_kwh,"
            "elec_solar_twh,agriculture_mt,waste_mt,buildings_mt,industrial_processes_mt,"
            "manufacturing_construction_mt,transport_mt,electricity_heat_mt,fugitive_mt,other_fuel_mt\n"
            "JPN,2010,1050000,40000,9,-1,9,520,0.1,1,1,3,1,5,3,5,0.5,0.5\n"
            "JPN,2019,1010000,45000,9,-1,10,500,0.5,1,1,2.5,1,4,3,5,0.5,0.5\n"
            "JPN,2020,1000000,44000,8,-1,10,500,0.6,1,1,2.4,1,4,2.8,4.9,0.5,0.5\n"
            "JPN,2021,995000,45000,8,-1,10,495,0.7,1,1,2.3,1,4,2.7,5.2,0.5,0.5\n"
            "JPN,2022,990000,46000,8,-1,10,490,0.8,1,1,2.2,1,4,2.6,5.5,0.5,0.5\n"
            "JPN,2023,985000,46500,,,10,480,0.9,,,,,,,,,\n"
            "JPN,2024,980000,46800,,,10,470,1,,,,,,,,,\n"
            "VNM,2010,900000,6000,2,-0.2,2,500,,1,0.3,0.2,0.5,0.8,0.3,1,0.2,0.1\n"
            "VNM,2019,980000,9500,3,-0.2,2.5,520,0.05,1,0.3,0.2,0.6,0.9,0.4,1.3,0.2,0.1\n"
            "VNM,2020,2000000,10000,3,-0.2,2.6,510,0.1,1,0.3,0.2,0.6,0.9,0.4,1.3,0.2,0.1\n"
            "VNM,2022,2040000,11000,3,-0.2,2.8,420,0.25,1,0.3,0.2,0.6,0.9,0.4,1.4,0.2,0.1\n"
            "VNM,2024,2080000,12000,,,3,450,0.25,,,,,,,,,\n";
        tables["population_projection"] = "iso3,year,population\n" + projection("JPN", 900000.0, -0.005) +
                                          projection("VNM", 1000000.0, 0.005);
        tables["gdp_growth"] =
            "iso3,scenario,year,gdp_pc_growth_pct_yr\nJPN,SSP2,2030,1\nJPN,SSP2,2035,1\nJPN,SSP2,2045,1\n"
            "JPN,SSP5,2030,9\nVNM,SSP2,2030,5\nVNM,SSP2,2045,4\n";
        tables["admin1"] =
            "admin1_id,iso3,name,name_en,name_local,name_ja,population_2020,population_flag,lon,lat\n"
            "JP-01,JPN,North,North,,北,700000,,139,37\nJP-02,JPN,South,South,,南,300000,,139,35\n"
            "VN-01,VNM,Red,Red,,,1500000,,106,21\nVN-02,VNM,Delta,Delta,,,500000,,106,10\n";
        tables["places"] =
            "place_id,name,name_ascii,name_local,iso3,admin1_id,lon,lat,population,elevation_m,"
            "ghi_kwh_m2_day,night_lights,dup_of\n"
            "GN1,Kita,Kita,北市,JPN,JP-01,139.1,37.1,400000,10,3.5,90,\n"
            "GN2,Minami,Minami,,JPN,JP-02,139.1,35.1,200000,5,4.0,60,\n"
            "GN3,Kawa,Kawa,,JPN,JP-02,139.2,35.2,180000,5,4.0,40,\n"
            "GN4,Mura,Mura,,JPN,JP-01,139.3,37.3,20000,200,3.6,10,\n"
            "GN5,Kita again,Kita again,,JPN,JP-01,139.1,37.1,390000,10,3.5,90,GN1\n"
            "GN11,Ha Thanh,Ha Thanh,Hà Thành,VNM,VN-01,106.1,21.1,600000,10,4.0,70,\n"
            "GN12,Song,Song,,VNM,VN-01,106.2,21.3,120000,20,4.1,30,\n"
            "GN13,Cua,Cua,,VNM,VN-02,106.2,10.1,150000,2,5.0,50,\n"
            "GN14,Xa,Xa,,VNM,VN-02,106.3,10.3,9000,2,5.0,5,\n"
            "GN15,Elsewhere,Elsewhere,,THA,TH-10,100.5,13.7,9000000,2,5.0,90,\n";
        tables["c3p_pairs"] =
            "pair_id,overseas_place_id,overseas_admin1_id,overseas_iso3,japan_place_id,japan_admin1_id,"
            "last_year,from_date,to_date,kind,weight,source\n"
            "a,GN14,VN-02,VNM,GN1,JP-01,,2021-03-01,,agreement,1,seen\n"
            "p,GN11,VN-01,VNM,GN2,JP-02,2022,2019-04-01,,c3p_project,1,seen\n"
            "q,,VN-02,VNM,,JP-01,2024,2023-04-01,2025-03-31,c3p_project,0.5,seen\n"
            "z,GN99,TH-10,THA,GN2,JP-02,2022,2019-04-01,,c3p_project,1,seen\n";
        tables["jcm_partners"] =
            "iso3,name,signing_date,alternative_date,status\nVNM,Viet Nam,2013-07-02,,partner\n"
            "THA,Thailand,2015-11-19,,partner\nIND,India,,,candidate\n";
        tables["jcm_projects"] =
            "host_iso3,tech_id,counts_as_project\nVNM,solar_pv_residential,1\nVNM,ev_car,0\n"
            "THA,solar_pv_residential,1\nTHA,waste_heat_power,1\n";
        tables["parameters"] =
            "parameter_id,meaning,unit,default,prior,a,b,zero_mass,mark,source\n"
            "phase_switch_share,switch,1,0.2,uniform,0.1,0.35,,G,wide\n"
            "gamma_network,network,1,0,zero_or_half_normal,,0.5,0.5,S,sign only\n";
        tables["technologies"] =
            "tech_id,name,unit,jcm_eligible,elec_saved_or_generated_kwh,elec_used_kwh,fuel_saved_gj,"
            "fuel_saved,fuel_used_gj,fuel_used,ch4_avoided_tco2e,capex_jpy2025,lifetime_years,"
            "jcm_credit_years\n"
            "solar_pv_residential,Rooftop PV,kW,yes,1068,,,,,,,200000,30,15\n"
            "ev_car,Electric car,vehicle,yes (rare),,1897,21.6,gasoline,,,,6000000,15,6\n"
            "green_hydrogen,Hydrogen,kW,no,,3500,7,gasoline,,,,300000,25,15\n";
        tables["technology_priors"] =
            "tech_id,p_dist,p_a,p_b,q_dist,q_a,q_b,q_factor_jpn,ceiling_low,ceiling_high,turnover_per_year,"
            "learning_mean,learning_sd,mark,source\n"
            "solar_pv_residential,log_uniform,0.00001,0.003,uniform,0.12,0.55,0.45,0.15,0.6,,0.211,0.03,C,"
            "fits\n"
            "ev_car,log_uniform,0.000014,0.00165,uniform,0.084,0.573,0.25,0.7,1,0.0769,0.1,0.03,C,fits\n";
        tables["technology_country"] =
            "tech_id,iso3,units_per_head,initial_share_of_u,mark,source\n"
            "solar_pv_residential,JPN,0.5,0.21,G,guess\nsolar_pv_residential,VNM,0.5,0.01,G,guess\n"
            "ev_car,JPN,0.49,0.004,S,count\nev_car,VNM,0.05,0.0001,G,guess\n";
        tables["fuel_factors"] = "fuel,kgco2_per_gj_lhv\ngasoline,69.3\n";
        tables["fx_deflators"] = "kind,code,year,value\nmarket_fx,JPY,2025,150\ncpi_inflation,USA,2020,2\n";
        tables["electricity_factors"] =
            "iso3,operating_margin_gco2_kwh,average_gco2e_kwh\nJPN,471,490\nVNM,560,420\n";
        tables["ndc_targets"] =
            "target_id,iso3,target_year,year_basis,period_start,type,conditionality,value_low,value_high,"
            "value_unit,value_text,base_year,ref_level_mt,level_low_mt,level_high_mt,lulucf,sector,status,"
            "source,confidence\n"
            "JPN-2030,JPN,2030,fiscal,,base_year,unconditional,46,46,percent,% "
            "reduction,2010,20,,,gross_net,,in force,filing,high\n"
            "THA-2030,THA,2030,calendar,,bau,unconditional,30,30,percent,,,555,,,excluded,,,filing,high\n";
        tables["zero_carbon_city_counts"] =
            "as_of_date,n_prefectures,n_cities,source\n2019-09-30,,,x\n2020-07-22,19,48,x\n"
            "2021-01-13,28,118,x\n2021-07-31,40,256,x\n";
        tables["observed_commitments"] =
            "place_id,admin1_id,actor_type,date,status\nGN2,JP-02,City,2019-05-11,Declaration / pledge\n"
            "GN11,VN-01,City,2019-01-01,Proposed / in discussion\nGN1,JP-01,City,2020-07-01,In law\n";
        tables["network_members"] =
            "network,actor_type,place_id,admin1_id,since,as_of\n"
            "race_to_zero,City,GN1,JP-01,,2022-12-01\nrace_to_zero,City,GN11,VN-01,2021-06-01,2022-12-01\n"
            "race_to_zero,Region,,VN-02,,2022-12-01\nrace_to_zero,City,,JP-02,,2022-12-01\n";
    }

    /// Turns the rows of every table round.
    void reverse_rows() {
        for (auto& [name, text] : tables) {
            std::istringstream lines(text);
            std::string header, line;
            std::getline(lines, header);
            std::vector<std::string> rows;
            while (std::getline(lines, line)) rows.push_back(line);
            std::reverse(rows.begin(), rows.end());
            text = header + "\n";
            for (const auto& row : rows) text += row + "\n";
        }
    }

    std::filesystem::path write(const TemporaryFolder& folder) const {
        for (const auto& [name, text] : tables) folder.write("pack/tables/" + name + ".csv", text);
        return folder.path() / "pack";
    }

    std::map<std::string, std::string> tables;

 private:
    static std::string projection(const std::string& iso3, double start, double growth) {
        std::string text;
        double people = start;
        for (int year = 2015; year <= 2045; ++year) {
            text += iso3 + "," + std::to_string(year) + "," + std::to_string(people) + "\n";
            people *= 1.0 + growth;
        }
        return text;
    }
};

/// A scenario of both countries of the pack with its two usable technologies.
inline Scenario literal_scenario() {
    Scenario scenario;
    scenario.file = "literal.toml";
    scenario.places.countries = {"JPN", "VNM"};
    scenario.technologies = {"solar_pv_residential", "ev_car"};
    return scenario;
}

}  // namespace domino::scenarios::test
