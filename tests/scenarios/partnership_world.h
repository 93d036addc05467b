#pragma once

#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "sim/ensemble.h"
#include "tests/scenarios/world/literal_pack.h"

namespace domino::scenarios::test {

/// The literal pack with a third technology, of waste, and the tables that programmes read: tags, exit
/// schemes and what a project is about.
inline LiteralPack partnership_pack() {
    LiteralPack pack;
    pack.tables["technologies"] =
        "tech_id,name,guidebook_sector,energy_co2,unit,jcm_eligible,elec_saved_or_generated_kwh,elec_used_"
        "kwh,"
        "fuel_saved_gj,fuel_saved,fuel_used_gj,fuel_used,ch4_avoided_tco2e,capex_jpy2025,lifetime_years,"
        "jcm_credit_years\n"
        "solar_pv_residential,Rooftop PV,Renewable energies,1,kW,yes,1068,,,,,,,200000,30,15\n"
        "ev_car,Electric car,Transportation infrastructure,1,vehicle,yes "
        "(rare),,1897,21.6,gasoline,,,,6000000,"
        "15,6\n"
        "biogas_digestion,Biogas,Waste treatment and disposal; Renewable energies,1,kW,yes,,,27,gasoline,,,,"
        "233434,20,15\n"
        "green_hydrogen,Hydrogen,Hydrogen technologies,1,kW,no,,3500,7,gasoline,,,,300000,25,15\n";
    pack.tables["technology_priors"] +=
        "biogas_digestion,log_uniform,0.001,0.003,uniform,0.38,0.53,1,0.2,0.6,,0.1,0.03,G,guess\n";
    pack.tables["technology_country"] +=
        "biogas_digestion,JPN,0.005,0.05,G,guess\nbiogas_digestion,VNM,0.005,0.05,G,guess\n";
    pack.tables["jcm_projects"] += "VNM,biogas_digestion,1\n";
    pack.tables["co_benefits"] =
        "tech_id,sdg,serves\nsolar_pv_residential,7,1\nsolar_pv_residential,13,1\nbiogas_digestion,6,1\n"
        "biogas_digestion,7,1\nev_car,3,1\nev_car,11,0\n";
    pack.tables["guidebook_sectors"] =
        "sector,number\nRenewable energies,2\nWaste treatment and disposal,5\nTransportation "
        "infrastructure,6\n"
        "Other (CFC recovery and destruction),11\n";
    pack.tables["exit_schemes"] =
        "scheme_id,table,agency,name,support_type,applicant,sector,eligibility\n"
        "clair_lgotp,8,CLAIR,Training,hosting staff from overseas,local authorities alone or with partners,,"
        "Japanese local authorities\n"
        "meti_fs,7,METI,Feasibility Study,technical cooperation,companies,,JCM partner countries\n"
        "moej_fgas,7,MOEJ,F-gas,subsidy,international consortium,F-gases,JCM partner countries\n"
        "unido,7,MOEJ,UNIDO,project subsidies and technical cooperation,UNIDO projects,energy CO2,JCM "
        "partner "
        "countries\n";
    pack.tables["exit_support_types"] =
        "support_type,feasibility,policy_dialogue,capacity_building\nhosting staff from overseas,0,0,1\n"
        "technical cooperation,0.5,0.5,1\nsubsidy,1,0,0\nproject subsidies and technical "
        "cooperation,1,0.5,1\n";
    pack.tables["c3p_project_technologies"] = "pair_id,tech_id,source\np,biogas_digestion,case\n";
    pack.tables["stocktake_levels"] =
        "year,reduction,base_year,source\n2030,0.43,2019,stocktake\n2035,0.6,2019,stocktake\n";
    return pack;
}

/// Both countries with three technologies, to 2036, where every channel has an effect that shows.
inline Scenario partnership_scenario() {
    Scenario scenario = literal_scenario();
    scenario.technologies = {"solar_pv_residential", "ev_car", "biogas_digestion"};
    scenario.run.members = 16;
    scenario.run.end = sim::make_month(2036, 12);
    scenario.c3p.projects_per_year = 3;
    scenario.jcm.budget_jpy_per_year = 40e9;
    for (const auto& [symbol, value] :
         std::vector<std::pair<std::string, double>>{{"gamma_collaboration", 20.0},
                                                     {"s_support", 0.3},
                                                     {"jcm_per_c3p_project_year", 0.9},
                                                     {"eta_s", 0.6},
                                                     {"seed_weight_lambda", 1.0}}) {
        scenario.parameters[symbol] = sim::fixed(value);
    }
    return scenario;
}

}  // namespace domino::scenarios::test
